internal import CNcurses
internal import TerminalUI

/// A theme in ncurses' terms: for every role a colour pair and attributes.
struct Palette {
    struct Entry {
        var attributes: attr_t
        var pair: CInt
    }

    private let entries: [Entry]

    /// Without colours, whatever the theme, the monochrome one is taken: it tells roles apart by attributes.
    init(theme: Theme, colours: Int) {
        let used = colours >= 8 ? theme : .monochrome
        var pairs: [[Int]: CInt] = [[-1, -1]: 0]
        let limit = colours >= 8 ? curses_pair_count() : 1
        entries = Role.allCases.map { role in
            let look = used[role]
            let key = [look.foreground.index(of: colours) ?? -1, look.background.index(of: colours) ?? -1]
            if pairs[key] == nil, pairs.count < limit {
                let pair = CInt(pairs.count)
                init_pair(CShort(pair), CShort(key[0]), CShort(key[1]))
                pairs[key] = pair
            }
            return Entry(attributes: Palette.attributes(of: look.emphasis), pair: pairs[key] ?? 0)
        }
    }

    func entry(for style: Style) -> Entry {
        var entry = entries[Int(style.role.rawValue)]
        entry.attributes |= Palette.attributes(of: style.emphasis)
        return entry
    }

    private static func attributes(of emphasis: Emphasis) -> attr_t {
        (emphasis.contains(.bold) ? curses_bold() : 0) | (emphasis.contains(.underline) ? curses_underline() : 0)
            | (emphasis.contains(.reverse) ? curses_reverse() : 0)
    }
}
