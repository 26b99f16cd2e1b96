/// A small generator with a seed (Steele, Lea and Flood 2014): the same seed gives the same run on every machine.
struct SplitMix64: RandomNumberGenerator, Hashable, Sendable {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    /// A generator of its own for one thing, so that what happens to one job does not move the chances of another.
    init(_ parts: [UInt64]) {
        state = 0
        for part in parts {
            state ^= part
            state = next()
        }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Evenly between the bounds.
    mutating func between(_ low: Double, _ high: Double) -> Double {
        low + (high - low) * Double(next() >> 11) / Double(1 << 53)
    }

    /// Sixteen bytes as hexadecimal in the form of a UUID of version 4.
    mutating func uuid() -> String {
        let high = (next() & ~0xF000) | 0x4000
        let low = (next() & ~(0b11 << 62)) | (0b10 << 62)
        let digits = [high, low].map { part in
            let hex = String(part, radix: 16)
            return String(repeating: "0", count: 16 - hex.count) + hex
        }
        var rest = digits.joined()[...]
        return [8, 4, 4, 4, 12].map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: "-")
    }

    /// Small letters and digits, like a worker's id.
    mutating func letters(_ count: Int) -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        return String((0..<count).map { _ in alphabet[Int(next() % UInt64(alphabet.count))] })
    }
}
