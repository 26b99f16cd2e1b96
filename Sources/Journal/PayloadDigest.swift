import Crypto
import TrainingPorts

/// Checks that bytes are those that their digest was made of: what was paid for must be what was kept.
enum PayloadDigest {
    static func matches(_ payload: Payload) -> Bool {
        let digest = SHA256.hash(data: payload.bytes).map { byte in
            let hex = String(byte, radix: 16)
            return hex.count == 1 ? "0" + hex : hex
        }
        return digest.joined() == payload.digest
    }
}
