import Foundation
import Testing
import Training
import TrainingPorts

@testable import WebhookListener

@Suite("The webhook key")
struct WebhookKeyTests {
    private let key = WebhookKey(bytes: Array(0..<32))
    private let request = RequestID(rawValue: "actor_0019_1760690576817_9f3a5c7e1b2d4f60")

    @Test("makes the token that HMAC-SHA256 over purpose and request id makes")
    func vector() throws {
        // Made with Python's hmac: HMAC-SHA256 under the bytes 0…31 over "webhook:" and the request id; "nonce:42".
        let key = try #require(key)
        #expect(key.token(for: request) == "\(request.rawValue).477b021e7c2d12d402b23963af4eeb2a86526cbb6347d3dfd30de478cad02204")
        #expect(key.answer(toNonce: "42") == "7793b757d4437d6eb9031a6a331bc0aeab04e5ac502235576377ad907ea05f28")
    }

    @Test("knows its own tokens and nothing else")
    func recognition() throws {
        let key = try #require(key)
        let token = key.token(for: request)
        #expect(key.request(of: token) == request)
        let other = try #require(WebhookKey(bytes: Array(1..<33)))
        let wrong = [
            "", ".", request.rawValue, String(token.dropLast()), String(token.dropLast(2)), token + "0", token + "00",
            token.uppercased(),
            "x" + token, token.replacingOccurrences(of: "0019", with: "0020"), other.token(for: request),
            "\(request.rawValue).\(key.answer(toNonce: request.rawValue))", String(token.suffix(64)), "." + token.suffix(64),
        ]
        for text in wrong { #expect(key.request(of: text) == nil, "\(text)") }
    }

    @Test("has 32 bytes and shows none of them")
    func secrecy() throws {
        let key = try #require(key)
        #expect(WebhookKey(bytes: Array(0..<31)) == nil)
        #expect(WebhookKey(bytes: Array(0..<33)) == nil)
        var dumped = ""
        dump(key, to: &dumped)
        #expect("\(key)" == "•••")
        #expect(String(reflecting: key) == "•••")
        #expect(!dumped.contains("SymmetricKey"))
    }

    @Test("is made once in a file for its owner alone, and found again")
    func file() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("key-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("webhook.key").path
        let made = try WebhookKey.load(orCreateAt: path)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == 32)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["webhook.key"])
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(try WebhookKey.load(orCreateAt: path).token(for: request) == made.token(for: request))
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        let another = try WebhookKey.load(orCreateAt: folder.appendingPathComponent("another").path)
        #expect(another.token(for: request) != made.token(for: request))
    }

    @Test("is refused and left as it is where its file is cut short")
    func brokenFile() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("key-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
        #expect(throws: PortError.self) { try WebhookKey.load(orCreateAt: path) }.map { #expect($0.code == .corrupted) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data([1, 2, 3]))
        #expect(throws: PortError.self) { try WebhookKey.load(orCreateAt: path + "/below") }.map {
            #expect($0.code == .notWritable)
        }
    }
}
