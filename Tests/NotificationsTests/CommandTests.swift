import Foundation
import JSONText
import Testing
import TrainingPorts
import TrainingTestSupport
import WaitingTestSupport

@testable import Notifications

/// Shell scripts in place of the operator's command and of sendmail.
@Suite("Telling a program")
final class CommandTests: Sendable {
    private let folder: String
    private var program: String { folder + "/a command" }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("notify-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func install(_ script: String) throws {
        try Data("#!/bin/sh\ncd \"$(dirname \"$0\")\"\n\(script)\n".utf8).write(to: URL(fileURLWithPath: program))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    }

    private func content(_ file: String) -> String { (try? String(contentsOfFile: folder + "/" + file, encoding: .utf8)) ?? "" }

    private let environment = ["PATH": "/usr/bin:/bin", "HOME": "/nowhere", "RUNPOD_API_KEY": "rp_secret", "DISPLAY": ":0"]

    @Test("hands the notice over as one line of JSON, without a shell and without our keys")
    func json() async throws {
        try install("cat > input; env > environment; printf '%s|' \"$@\" > arguments")
        let command = try #require(CommandNotifier(words: [program, "$(touch x)", "; y"], environment: environment))
        try await command.tell(.sample("a\u{1B}b", "\"quoted\"\nline"))
        let lines = content("input").split(separator: "\n")
        #expect(lines.count == 1)
        let json = try JSONValue(parsing: content("input"))
        #expect(json["notification"] == "done" && json["seq"]?.int == 7 && json["job"] == "j3" && json["id"] == "e7-batch")
        #expect(json["title"]?.string == "a\u{1B}b" && json["detail"]?.string == "\"quoted\"\nline")
        #expect(content("arguments") == "$(touch x)|; y|")
        #expect(content("environment").contains("DISPLAY=:0") && !content("environment").contains("rp_secret"))
    }

    @Test("ends it after its time, with all that it has started")
    func late() async throws {
        try install("sleep 600 & echo $! > child; echo $$ > own; wait")
        let command = try #require(CommandNotifier(words: [program], environment: environment, limit: .milliseconds(300)))
        await #expect(throws: PortError.self) { try await command.tell(.sample()) }
        for file in ["own", "child"] {
            let pid = try #require(Int32(content(file).trimmingCharacters(in: .newlines)))
            try await eventually("\(file) is gone") { kill(pid, 0) != 0 || isZombie(pid) }
        }
    }

    /// Where nobody is there to reap orphans they stay in the list.
    private func isZombie(_ pid: Int32) -> Bool {
        (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8))?.contains(") Z") ?? false
    }

    @Test("says how it ended, and that it could not be started; one that reads nothing is no fault")
    func faults() async throws {
        try install("exit 7")
        let command = try #require(CommandNotifier(words: [program], environment: environment))
        await #expect { try await command.tell(.sample()) } throws: { ($0 as? PortError)?.message == "it ended with exit code 7" }
        let missing = try #require(CommandNotifier(words: [folder + "/none"], environment: environment))
        await #expect { try await missing.tell(.sample()) } throws: { ($0 as? PortError)?.code == .notFound }
        #expect(CommandNotifier(words: [], environment: [:]) == nil)
        try install("exec true")
        let deaf = try #require(CommandNotifier(words: [program], environment: environment))
        for _ in 0..<5 { try await deaf.tell(.sample("x", String(repeating: "y", count: 200_000))) }
    }

    @Test("sendmail gets a whole message on its standard input, and the recipients in it")
    func mail() async throws {
        try install("cat > message; printf '%s|' \"$@\" > arguments")
        let mail = try MailNotifier(to: ["a@example.org", "b+c@example.org"], program: program, environment: environment)
        try await mail.tell(.sample())
        #expect(content("arguments") == "-t|-i|")
        let parts = content("message").components(separatedBy: "\n\n")
        #expect(parts[0].hasPrefix("To: a@example.org, b+c@example.org\nSubject: =?UTF-8?B?"))
        let body = try #require(Data(base64Encoded: parts[1], options: .ignoreUnknownCharacters))
        #expect(String(decoding: body, as: UTF8.self) == "0005_日本 completed\r\n\r\nmodel at s3://x\r\n")
    }

    @Test("no name and no text can add a header to an e-mail, or end it")
    func injection() {
        for hostile in [
            "x\nBcc: e@evil.example", "x\r\n\r\nbody", "x\r.\r\n", "x\u{0}y", "x\u{85}Bcc: e@evil.example",
            "=?UTF-8?Q?=0ABcc:_e?=",
        ] {
            let text = MailMessage(to: ["a@example.org"], notice: .sample(hostile, hostile, id: hostile)).text
            let head = text.components(separatedBy: "\n\n")[0].split(separator: "\n", omittingEmptySubsequences: false)
            #expect(
                head.map { $0.prefix { $0 != ":" } } == [
                    "To", "Subject", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
                ])
            #expect(!text.contains("\r") && text.unicodeScalars.allSatisfy { $0.isASCII })
            #expect(!text.split(separator: "\n").contains("."))
        }
        let long = MailMessage.header(String(repeating: "日本", count: 500))
        #expect(long.split(separator: " ").allSatisfy { $0.utf8.count <= 75 })
    }

    @Test(
        "only plain addresses are taken",
        arguments: [
            ("a@example.org", true), ("a.b+c@example.org", true), ("", false), ("a", false), ("a@", false), ("@b", false),
            ("a@b@c", false),
            ("a@b\nBcc: c@d", false), ("a@b c", false), ("-fx@example.org", false), ("a@b,c@d", false), ("<a@b>", false),
            ("a@b\u{0}", false),
        ])
    func addresses(text: String, isGood: Bool) { #expect(MailMessage.isPlainAddress(text) == isGood) }
}
