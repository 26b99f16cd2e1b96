import TerminalUI

@testable import Dashboard

extension World {
    /// The busy world's whole screen after these keys.
    static func picture(width: Int, height: Int, after keys: String = "") -> [String] {
        var state = World.busy.state(width: width, height: height)
        state.type(keys)
        return state.picture
    }

    /// The same in a normal terminal, of which `PictureTests` shows what is there before the first key.
    static func picture(after keys: String = "") -> [String] { picture(width: 80, height: 24, after: keys) }
}

extension [String] {
    /// Puts these rows of a screen in the place of those from `row` on; all others stay as they are.
    mutating func cover(from row: Int, _ rows: String...) { replaceSubrange(row..<row + rows.count, with: rows) }
}
