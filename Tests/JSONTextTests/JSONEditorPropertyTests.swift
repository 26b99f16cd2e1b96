import ChanceTestSupport
import JSONText
import Testing

@Suite("Editing JSON in place, by chance")
struct JSONEditorPropertyTests {
    /// A text in one of the styles that programs write, with line ends, a mark and a last newline by chance.
    private func document(_ value: JSONValue, using chance: inout SplitMix64) -> [UInt8] {
        var text = value.text(indent: [nil, 2, 4].randomElement(using: &chance) ?? nil)
        if Bool.random(using: &chance) { text = text.replacing("\n", with: "\r\n") }
        if Bool.random(using: &chance) { text += "\n" }
        if Bool.random(using: &chance) { text = "\u{FEFF}" + text }
        return Array(text.utf8)
    }

    /// Every place in a value.
    private func paths(of value: JSONValue, under path: JSONPath = []) -> [JSONPath] {
        switch value {
        case .object(let object): [path] + object.members.flatMap { paths(of: $0.value, under: path + [.key($0.key)]) }
        case .array(let elements): [path] + elements.enumerated().flatMap { paths(of: $1, under: path + [.index($0)]) }
        default: [path]
        }
    }

    private func common(_ left: [UInt8], _ right: [UInt8]) -> (head: Int, tail: Int) {
        let head = zip(left, right).prefix { $0 == $1 }.count
        let tail = zip(left.dropFirst(head).reversed(), right.dropFirst(head).reversed()).prefix { $0 == $1 }.count
        return (head, tail)
    }

    @Test("putting something in and taking it out gives identical bytes", arguments: 0..<300 as Range<UInt64>)
    func undo(seed: UInt64) throws {
        var chance = SplitMix64(seed: seed)
        let value = JSONValue.random(depth: 5, using: &chance)
        let before = document(value, using: &chance)
        for path in paths(of: value) {
            var editor = try JSONEditor(before)
            let new = JSONValue.random(depth: 2, using: &chance)
            let place = [JSONEditor.Place.first, .last].randomElement(using: &chance) ?? .last
            switch editor.value(at: path) {
            case .object(let object)?:
                try editor.insert(new, key: "a new key", into: path, at: place)
                #expect(editor.value(at: path + ["a new key"]) == new)
                #expect(editor.value(at: path)?.object?.members.count == object.members.count + 1)
                try editor.remove(at: path + ["a new key"])
            case .array(let elements)?:
                try editor.insert(new, into: path, at: place)
                let index = place == .first ? 0 : elements.count
                #expect(editor.value(at: path + [.index(index)]) == new)
                try editor.remove(at: path + [.index(index)])
            default: continue
            }
            #expect(editor.bytes == before, "\(path) in \(String(decoding: before, as: UTF8.self))")
        }
    }

    @Test("setting a value changes that value and no byte outside of it", arguments: 0..<300 as Range<UInt64>)
    func set(seed: UInt64) throws {
        var chance = SplitMix64(seed: seed)
        let value = JSONValue.random(depth: 5, using: &chance)
        let before = document(value, using: &chance)
        for path in paths(of: value) {
            var editor = try JSONEditor(before)
            let new = JSONValue.random(depth: 2, using: &chance)
            let old = try #require(editor.value(at: path))
            try editor.set(new, at: path)
            let now = try #require(editor.value(at: path))
            #expect(now.meansTheSame(as: new))
            #expect(try JSONValue(parsing: editor.bytes) == editor.value())
            let (head, tail) = common(before, editor.bytes)
            let written = before[head..<before.count - tail]
            #expect(written.count <= longest(old), "\(path)")
        }
    }

    /// More bytes than any of the styles takes for a value.
    private func longest(_ value: JSONValue) -> Int { value.text(indent: 40).utf8.count * 2 + 2 }

    @Test("changing one value into another gives the other, whatever both are", arguments: 0..<300 as Range<UInt64>)
    func change(seed: UInt64) throws {
        var chance = SplitMix64(seed: seed)
        let (old, new) = (JSONValue.random(depth: 4, using: &chance), JSONValue.random(depth: 4, using: &chance))
        let before = document(old, using: &chance)
        var editor = try JSONEditor(before)
        try editor.change(to: new, at: [])
        #expect(try JSONValue(parsing: editor.bytes).meansTheSame(as: new))
        editor = try JSONEditor(before)
        try editor.change(to: old, at: [])
        #expect(editor.bytes == before)
    }
}
