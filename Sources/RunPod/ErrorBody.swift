import JSONText

/// The body of an answer that is an error, of whatever form: none is documented, and each of these was met.
///
/// `{"error"}`, `{"message"}`, `{"detail"}` in that order, with an optional `code`; `application/problem+json`; a list of complaints;
/// nothing; plain text; a web page of something in between.
public struct ErrorBody: Hashable, Sendable {
    /// The API's own words, where the body is JSON and holds some: then the API itself has answered, and not a gateway before it.
    public let ownMessage: String?
    private let other: String?

    public init(_ body: [UInt8]) {
        guard let json = try? JSONValue(parsing: body) else {
            ownMessage = nil
            other = ErrorBody.reading(plain: String(decoding: body, as: UTF8.self))
            return
        }
        ownMessage = ErrorBody.words(in: json)
        other = nil
    }

    /// One sentence for the operator: `RunPod answered 401: the API key is not valid`.
    public func sentence(status: Int) -> String {
        guard let words = ownMessage ?? other else { return "RunPod answered \(status) without a reason" }
        return "RunPod answered \(status): \(words)"
    }

    private static func words(in json: JSONValue) -> String? {
        switch json {
        case .string(let text): reading(plain: text)
        case .array(let elements): joined(elements.compactMap(words(in:)))
        case .object: words(of: json)
        case .number, .bool, .null: nil
        }
    }

    private static func words(of object: JSONValue) -> String? {
        let keys = ["error", "message", "detail", "msg", "error_message"]
        var words = keys.lazy.compactMap { object[$0].flatMap(ErrorBody.words(in:)) }.first
        if let title = object["title"]?.string, !title.isEmpty {
            words = [Sentence.oneLine(title), words].compactMap(\.self).joined(separator: ": ")
        }
        if let errors = object["errors"]?.array, let list = joined(errors.compactMap(complaint)) {
            words = [words, list].compactMap(\.self).joined(separator: "; ")
        }
        guard let words, !words.isEmpty else { return nil }
        guard let code = object["code"], let name = code.string ?? code.int.map(String.init), !name.isEmpty else { return words }
        return "\(words) (code \(Sentence.oneLine(name, limit: 40)))"
    }

    /// One of `errors`: a text, or an object with a message and where it belongs.
    private static func complaint(_ json: JSONValue) -> String? {
        guard let message = words(in: json) else { return nil }
        guard let place = ["location", "path", "field", "pointer"].lazy.compactMap({ json[$0]?.string }).first else {
            return message
        }
        return "\(Sentence.oneLine(place, limit: 80)): \(message)"
    }

    private static func joined(_ parts: [String]) -> String? {
        guard !parts.isEmpty else { return nil }
        return Sentence.oneLine(parts.prefix(3).joined(separator: "; "))
    }

    private static func reading(plain text: String) -> String? {
        let line = Sentence.oneLine(text)
        guard !line.isEmpty else { return nil }
        let start = line.prefix(200).lowercased()
        if start.hasPrefix("{") || start.hasPrefix("[") { return "something that begins like JSON and is none" }
        guard start.hasPrefix("<") else { return line }
        guard let title = title(of: line) else { return "a web page instead of JSON" }
        return "a web page with the title “\(title)” instead of JSON"
    }

    private static func title(of page: String) -> String? {
        let lower = page.lowercased()
        guard let open = lower.firstRange(of: "<title>"), let close = lower.firstRange(of: "</title>"),
            open.upperBound < close.lowerBound
        else { return nil }
        let start = lower.distance(from: lower.startIndex, to: open.upperBound)
        let length = lower.distance(from: open.upperBound, to: close.lowerBound)
        return Sentence.oneLine(String(page.dropFirst(start).prefix(length)))
    }
}

/// Words from outside as part of a sentence.
enum Sentence {
    /// One line without control characters, cut with an ellipsis after `limit` characters.
    static func oneLine(_ text: String, limit: Int = 300) -> String {
        var result = String.UnicodeScalarView()
        var blank = false
        for scalar in text.unicodeScalars.prefix(limit * 16) {
            if scalar.properties.isWhitespace || scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
                blank = !result.isEmpty
            } else {
                if blank { result.append(" ") }
                blank = false
                result.append(scalar)
            }
        }
        let line = String(result)
        return line.count <= limit ? line : line.prefix(limit) + "…"
    }
}
