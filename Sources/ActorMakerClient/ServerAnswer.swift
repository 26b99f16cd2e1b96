import JSONText
import Training
import TrainingPorts

/// An answer as it came.
struct ServerAnswer: Sendable {
    let status: Int
    let bytes: [UInt8]
    let retryAfter: String?

    /// Nil where the body is no JSON, a web page for instance.
    var json: JSONValue? { try? JSONValue(parsing: bytes) }

    var isSuccess: Bool { (200..<300).contains(status) }

    /// Worth asking again: the server is busy or has just been restarted.
    var mayPass: Bool { status == 429 || status >= 500 }

    /// `Retry-After` as a number of seconds, of a day at most.
    var wait: Seconds? {
        guard let value = retryAfter.flatMap(Double.init), (0...86_400).contains(value) else { return nil }
        return Seconds(value)
    }

    /// The server's own words: `error: details`, and the hint that some calls give.
    var words: String? {
        guard let json, let error = json["error"]?.string else { return nil }
        let rest = [json["details"]?.string, json["hint"]?.string].compactMap(\.self)
        return ([error] + rest).joined(separator: ": ")
    }

    /// What a refusal means for the caller.
    /// - Parameter base: the server's address, for the sentence.
    func error(base: String) -> PortError {
        guard let words else {
            return PortError(
                .invalidAnswer, "\(base) answered \(status) without saying why. Is that an Actor Maker server? Check --server.")
        }
        let code = json?["code"]?.string.flatMap(PortError.Code.init(rawValue:))
        return PortError(code ?? ServerAnswer.code(status), words)
    }

    private static func code(_ status: Int) -> PortError.Code {
        switch status {
        case 404: .notFound
        case 409: .conflict
        case 400..<500: .refused
        default: .invalidAnswer
        }
    }
}
