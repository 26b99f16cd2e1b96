import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Training
import TrainingPorts

/// Answers one request. The path decides before a byte of the body is read; what is not ours gets the same 404 as a wrong token.
struct WebhookResponder: Sendable {
    let key: WebhookKey
    let receiver: any WebhookReceiver
    let bodyLimit: Int
    let isKnown: @Sendable (Training.RequestID) async -> Bool
    let onRefusal: @Sendable (Training.RequestID, String) async -> Void

    func respond(to request: Request) async -> Response {
        // The path as it came: neither decoded nor cleaned, so that each address has one spelling.
        let path = request.head.path ?? ""
        if path.hasPrefix("/hook/") { return await hook(path.dropFirst("/hook/".count), request) }
        if path.hasPrefix("/nonce/") { return nonce(path.dropFirst("/nonce/".count), request) }
        return refusal(.notFound)
    }

    private func hook(_ token: Substring, _ request: Request) async -> Response {
        guard request.method == .post else { return refusal(.methodNotAllowed, allow: "POST") }
        guard let id = key.request(of: token), await isKnown(id) else { return refusal(.notFound) }
        guard WebhookResponder.isJSON(request.headers[.contentType]) else { return refusal(.unsupportedMediaType) }
        if let length = request.headers[.contentLength].flatMap(Int.init), length > bodyLimit { return refusal(.contentTooLarge) }
        do {
            let body = try await request.body.collect(upTo: bodyLimit)
            return await take(Array(body.readableBytesView), for: id, hiding: Secret(String(token)))
        } catch is NIOTooManyBytesError {
            return refusal(.contentTooLarge)
        } catch {
            // The connection broke or was too slow; nobody reads this answer.
            return refusal(.badRequest)
        }
    }

    private func take(_ body: [UInt8], for id: Training.RequestID, hiding token: Secret) async -> Response {
        do throws(WebhookMessage.Refusal) {
            let message = try WebhookMessage(parsing: body, for: id, hiding: token)
            let isRecorded = await receiver.receive(WebhookDelivery(request: id, news: message.news))
            return isRecorded ? Response(status: .ok) : refusal(.serviceUnavailable)
        } catch {
            await onRefusal(id, "a webhook for \(id) was refused: \(error)")
            return refusal(.badRequest)
        }
    }

    private func nonce(_ nonce: Substring, _ request: Request) -> Response {
        guard request.method == .get else { return refusal(.methodNotAllowed, allow: "GET") }
        let allowed = nonce.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
        }
        guard allowed, (1...64).contains(nonce.utf8.count) else { return refusal(.notFound) }
        let answer = key.answer(toNonce: String(nonce))
        return Response(
            status: .ok, headers: [.contentType: "text/plain", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: answer)))
    }

    /// An answer without a word of why, so that a stranger learns nothing.
    private func refusal(_ status: HTTPResponse.Status, allow: String? = nil) -> Response {
        var headers: HTTPFields = [.connection: "close"]
        if let allow { headers[.allow] = allow }
        return Response(status: status, headers: headers)
    }

    private static func isJSON(_ type: String?) -> Bool {
        let media = type?.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        return media == "application/json"
    }
}
