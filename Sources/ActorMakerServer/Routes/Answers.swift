import HTTPTypes
import Hummingbird
import JSONText
import NIOCore
import Training
import TrainingPorts

typealias PageContext = BasicRequestContext

/// An answer that is no success, as JSON.
struct Refusal: Error {
    let status: HTTPResponse.Status
    let body: JSONValue

    init(_ status: HTTPResponse.Status, _ error: String, details: String? = nil) {
        self.status = status
        body = details.map { ["error": .string(error), "details": .string($0)] } ?? ["error": .string(error)]
    }

    /// - Parameter what: what failed, in the words of the deployed server.
    init(_ error: PortError, what: String) {
        switch error.code {
        case .notFound: status = .notFound
        case .refused: status = .badRequest
        case .conflict: status = .conflict
        default: status = .internalServerError
        }
        var body: JSONObject = ["error": .string(status == .notFound ? error.message : what)]
        if status != .notFound { body["details"] = .string(error.message) }
        // Ours: our own client gets the error as it was thrown here.
        body["code"] = .string(error.code.rawValue)
        self.body = .object(body)
    }
}

extension Response {
    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: value.text())))
    }
}

extension Request {
    /// The body as JSON.
    /// - Throws: `Refusal`: 413 for more than `limit` bytes, 400 for what is no JSON.
    func json(upTo limit: Int = 4 << 20) async throws -> JSONValue {
        let buffer: ByteBuffer
        do {
            buffer = try await body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw Refusal(.contentTooLarge, "The request is too large", details: "More than \(limit) bytes are not taken.")
        }
        do throws(JSONError) {
            return try JSONValue(parsing: buffer.readableBytesView)
        } catch {
            throw Refusal(.badRequest, "The request is not valid JSON", details: error.description)
        }
    }
}

extension PageContext {
    /// The actor that the path names.
    func actor() throws -> ActorID {
        guard let actor = parameters.get("id").flatMap(ActorID.init(parsing:)) else {
            throw Refusal(.notFound, "Actor not found")
        }
        return actor
    }
}

/// Calls a port and turns what it throws into an answer.
func answering<Result>(_ what: String, _ call: () async throws(PortError) -> Result) async throws -> Result {
    do throws(PortError) { return try await call() } catch { throw Refusal(error, what: what) }
}
