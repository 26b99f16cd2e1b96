import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import TrainingPorts

/// Goes to the public address as RunPod would and looks whether it ends at our listener.
struct OutsideTest: Sendable {
    let client: HTTPClient
    let random: any RandomSource
    /// The answer to a nonce that only our listener can give.
    let expected: @Sendable (String) -> String

    /// - Returns: nil where our own listener has answered, else a sentence with what came instead.
    func fault(at base: String) async -> String? {
        let nonce = String(random.next(), radix: 16) + String(random.next(), radix: 16)
        var request = HTTPClientRequest(url: "\(base)/nonce/\(nonce)")
        // Else the free plan's warning page for browsers could come in between.
        request.headers.add(name: "ngrok-skip-browser-warning", value: "1")
        do {
            let answer = try await client.execute(request, timeout: .seconds(10))
            let code = answer.headers.first(name: "ngrok-error-code") ?? ""
            let body = String(buffer: try await answer.body.collect(upTo: 64 << 10))
            if answer.status == .ok, body == expected(nonce) { return nil }
            if let fault = NgrokFault(searching: code + " " + body) { return fault.sentence }
            return "\(base) answers (\(answer.status.code)), but it is not our webhook listener; something else is behind it"
        } catch is NIOTooManyBytesError {
            return "\(base) answers, but it is not our webhook listener; something else is behind it"
        } catch {
            return "\(base) does not answer from outside; RunPod could not reach us there either"
        }
    }

    /// Why a base address cannot be used; nil where it can: https, or plain http to this machine itself.
    static func objection(to base: String) -> String? {
        guard let parts = URLComponents(string: base), let host = parts.host, !host.isEmpty else {
            return "“\(base)” is no address; it must read like https://trainer.example.org"
        }
        guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil else {
            return "the public address must not hold a user, a query or a fragment"
        }
        guard (1...65535).contains(parts.port ?? 443) else { return "the public address \(base) has a port that there is not" }
        let isLocal = ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host)
        guard parts.scheme == "https" || (parts.scheme == "http" && isLocal) else {
            return "the public address \(base) must begin with https://, or anybody on the way could read its secret paths"
        }
        return nil
    }
}
