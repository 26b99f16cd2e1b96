import TerminalUI

/// A line of text that is being typed or pasted. Bounded, and free of what could not be typed.
struct TextInput: Hashable, Sendable {
    static let maximumCharacters = 200

    private(set) var text = ""

    var isEmpty: Bool { text.isEmpty }
    var shown: DisplayText { DisplayText(untrusted: text) }

    mutating func insert(_ new: some StringProtocol) {
        for character in new where text.count < TextInput.maximumCharacters {
            if character.isNewline || character == "\t" {
                text += " "
            } else if !character.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
                text.append(character)
            }
        }
    }

    mutating func eraseCharacter() {
        if !text.isEmpty { text.removeLast() }
    }

    mutating func eraseWord() {
        while text.last == " " { text.removeLast() }
        while let last = text.last, last != " " { text.removeLast() }
    }

    mutating func clear() { text = "" }
}
