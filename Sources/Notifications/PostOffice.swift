import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import TrainingPorts

/// Posts notices to addresses that may be secret: no redirect is followed, no address is ever said, and nothing is sent a second time that
/// may have arrived the first.
public struct PostOffice: Sendable {
    private let client: HTTPClient
    /// Between two tries.
    private let pauses: [Duration]

    public init(pauses: [Duration] = [.seconds(2), .seconds(10), .seconds(60)]) {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(10)
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        self.pauses = pauses
    }

    /// Ends all connections; must be called before the last reference goes.
    public func shutdown() async {
        // The only error is a second shutdown, which changes nothing.
        try? await client.shutdown()
    }

    private enum Answer {
        case taken
        /// It has provably not been taken; after so many seconds where the server said how many.
        case notTaken(String, after: Int?)
        /// It was, may have been, or never will be.
        case over(String)
    }

    /// - Throws: `PortError` with a sentence without the address.
    func post(_ body: String, to address: Secret, headers: HTTPHeaders) async throws(PortError) {
        var fault = ""
        for attempt in 0...pauses.count {
            switch await post(once: body, address, headers) {
            case .taken: return
            case .over(let text): throw PortError(.refused, text)
            case .notTaken(let text, let seconds):
                fault = text
                guard attempt < pauses.count else { break }
                let asked = seconds.map { Duration.seconds(min($0, 300)) } ?? .zero
                do { try await Task.sleep(for: max(pauses[attempt], asked), clock: .continuous) } catch { break }
            }
        }
        throw PortError(.unreachable, fault)
    }

    private func post(once body: String, _ address: Secret, _ headers: HTTPHeaders) async -> Answer {
        // A port that there is not would end the whole program, deep in the client.
        guard let parts = URLComponents(string: address.revealed()), (1...65535).contains(parts.port ?? 443) else {
            return .over("its address is no address")
        }
        var request = HTTPClientRequest(url: address.revealed())
        request.method = .POST
        request.headers = headers
        request.headers.add(name: "user-agent", value: "actor-trainer")
        request.body = .bytes(ByteBuffer(string: body))
        do {
            let answer = try await client.execute(request, timeout: .seconds(20))
            let code = Int(answer.status.code)
            switch code {
            case 200..<300: return .taken
            // These are said before anything is done with the request.
            case 429, 503:
                return .notTaken("it answered \(code)", after: answer.headers.first(name: "retry-after").flatMap { Int($0) })
            case 300..<400:
                return .over("it answered \(code) and wants to lead elsewhere, which is not followed; set the final address")
            default: return .over("it answered \(code)")
            }
        } catch {
            return PostOffice.answer(to: error)
        }
    }

    /// Never with the error's own words, which may hold the address.
    private static func answer(to error: any Error) -> Answer {
        if error is NIOConnectionError { return .notTaken("it could not be reached", after: nil) }
        switch error as? HTTPClientError {
        case .connectTimeout: return .notTaken("it could not be reached in time", after: nil)
        case .invalidURL, .emptyHost, .emptyScheme, .missingSocketPath: return .over("its address is no address")
        case .deadlineExceeded, .readTimeout: return .over("it did not answer in time; whether it has the message is not known")
        default:
            if error is CancellationError { return .over("the program ended before it answered") }
            return .over("the connection broke; whether it has the message is not known")
        }
    }
}
