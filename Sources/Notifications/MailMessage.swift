import Foundation
import TerminalUI
import TrainingPorts

/// A notice as an e-mail. No text of ours or of others can add a header: the subject is one harmless line, encoded where it is not plain
/// ASCII, and the body is base64.
struct MailMessage: Hashable {
    let text: String

    init(to recipients: [String], notice: Notice) {
        let lines = [notice.title, ""] + notice.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let body = lines.map { DisplayText(untrusted: $0).string }.joined(separator: "\r\n") + "\r\n"
        let encoded = Data(body.utf8).base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed])
        let id = notice.id.unicodeScalars.filter {
            $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "-")
        }
        text = """
            To: \(recipients.joined(separator: ", "))
            Subject: \(MailMessage.header("actor-trainer: \(notice.title)"))
            Message-ID: <\(String(String.UnicodeScalarView(id)))@actor-trainer.invalid>
            Auto-Submitted: auto-generated
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: base64

            \(encoded)

            """
    }

    /// A header's value on one line: as it is where it is short, plain ASCII, else in encoded words of RFC 2047.
    static func header(_ value: String) -> String {
        let line = DisplayText(untrusted: value).truncated(to: 200).string
        let isPlain = line.unicodeScalars.allSatisfy { $0.isASCII } && !line.contains("=?")
        guard !isPlain || line.utf8.count > 900 else { return line }
        // 45 bytes are 60 letters, which with what is around them stay under the 75 of an encoded word. No character is cut.
        var words: [String] = []
        var part = ""
        for character in line {
            if part.utf8.count + character.utf8.count > 45, !part.isEmpty {
                words.append(part)
                part = ""
            }
            part.append(character)
        }
        words.append(part)
        return words.map { "=?UTF-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: " ")
    }

    /// Whether it is `name@host` and nothing else: no spaces, controls, lists, comments, options.
    static func isPlainAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, text.utf8.count <= 254, !text.hasPrefix("-") else {
            return false
        }
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/=?^_`{|}~-@")
        return text.allSatisfy { allowed.contains($0) }
    }
}
