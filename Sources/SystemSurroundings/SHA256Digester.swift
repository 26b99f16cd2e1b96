import Crypto
public import TrainingPorts

/// SHA-256 by swift-crypto.
public struct SHA256Digester: Digester {
    public init() {}

    public func sha256(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { byte in
            let hex = String(byte, radix: 16)
            return hex.count == 1 ? "0" + hex : hex
        }.joined()
    }
}
