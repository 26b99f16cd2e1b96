import ChanceTestSupport
import JSONText

extension JSONValue {
    /// A value by chance, with the texts that are hard to keep: escapes, accents, wide letters, numbers in many forms.
    static func random(depth: Int, using chance: inout SplitMix64) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &chance) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &chance))
        case 2:
            return .number(
                ["0", "-0", "1.0", "1e-4", "2.50", "-17", "1E+2", "9007199254740993"].randomElement(using: &chance) ?? "0")
        case 3, 4: return .string(randomString(using: &chance))
        case 5, 6:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...4, using: &chance) {
                object[randomString(using: &chance)] = random(depth: depth - 1, using: &chance)
            }
            return .object(object)
        default:
            return .array((0..<Int.random(in: 0...4, using: &chance)).map { _ in random(depth: depth - 1, using: &chance) })
        }
    }

    static func randomString(using chance: inout SplitMix64) -> String {
        let parts = ["a", "\"", "\\", "/", "\n", "\r\n", "\u{0}", "é", "e\u{301}", "漢", "🎭", ",", "}", "]", ":", " ", "\u{7F}"]
        return (0..<Int.random(in: 0...6, using: &chance)).map { _ in parts.randomElement(using: &chance) ?? "" }.joined()
    }
}
