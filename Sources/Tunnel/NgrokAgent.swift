import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// The local API of an ngrok agent that runs already, ours or somebody else's.
struct NgrokAgent: Sendable {
    /// Without a last slash: `http://127.0.0.1:4040`.
    let base: String
    let client: HTTPClient

    /// Looks for the tunnel to one of our ports. Never throws: not to know is an answer.
    func tunnel(to port: Int) async -> AgentAnswer {
        let first = await ask("tunnels", port)
        guard first == .noneOfOurs || first == .unclear else { return first }
        // A newer agent tells of its endpoints there; an older one answers 404, which changes nothing.
        let second = await ask("endpoints", port)
        if case .tunnel = second { return second }
        return first == .unclear ? second : first
    }

    private func ask(_ list: String, _ port: Int) async -> AgentAnswer {
        await LocalAgent(client: client).ask("\(base)/api/\(list)") { AgentAnswer(reading: $0, port: port) }
    }
}

/// What an agent on this machine answers.
struct LocalAgent: Sendable {
    let client: HTTPClient

    func ask(_ url: String, _ read: ([UInt8]) -> AgentAnswer) async -> AgentAnswer {
        do {
            let answer = try await client.execute(HTTPClientRequest(url: url), timeout: .seconds(3))
            let body = try await answer.body.collect(upTo: 1 << 20)
            guard answer.status == .ok else { return .unclear }
            return read(Array(body.readableBytesView))
        } catch is NIOTooManyBytesError {
            return .unclear
        } catch let error as HTTPClientError where error == .deadlineExceeded || error == .readTimeout {
            return .unclear
        } catch {
            return .notRunning
        }
    }
}
