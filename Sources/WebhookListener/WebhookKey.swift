import Crypto
import Foundation
import Training

/// The master key of the webhook: from it comes the secret of each request's address, so that no secret has to be stored beside it.
///
/// Printing, dumping or mirroring it shows nothing of it.
public struct WebhookKey: Sendable {
    /// 256 bits.
    static let byteCount = 32

    private let key: SymmetricKey

    /// Nil unless there are exactly 32 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == WebhookKey.byteCount else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// A new key, from the system's chance.
    static func fresh() -> (key: WebhookKey, bytes: [UInt8]) {
        let key = SymmetricKey(size: .bits256)
        return (WebhookKey(key: key), key.withUnsafeBytes { Array($0) })
    }

    private init(key: SymmetricKey) { self.key = key }

    /// What stands in a request's address: the request id, a dot and 256 bits that only this key makes.
    func token(for request: RequestID) -> String { "\(request.rawValue).\(mac("webhook", request.rawValue).hex)" }

    /// The request that a token was made for; nil for every other text. Takes the same time for every wrong one of its length.
    func request(of token: some StringProtocol) -> RequestID? {
        let cut = token.lastIndex(of: ".") ?? token.startIndex
        let name = String(token[..<cut])
        let code = [UInt8](hex: token[cut...].dropFirst()) ?? []
        guard HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: WebhookKey.message("webhook", name), using: key) else {
            return nil
        }
        return RequestID(rawValue: name)
    }

    /// What `GET /nonce/<nonce>` answers: proof that the way from outside ends at a listener that has this key, and at no other.
    public func answer(toNonce nonce: String) -> String { mac("nonce", nonce).hex }

    private func mac(_ purpose: String, _ text: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: WebhookKey.message(purpose, text), using: key))
    }

    /// The purpose is part of what is authenticated: a nonce that reads like a request id must not yield its token.
    private static func message(_ purpose: String, _ text: String) -> Data { Data("\(purpose):\(text)".utf8) }
}

extension WebhookKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "•••" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
