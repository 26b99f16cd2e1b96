/// A colour that every terminal with colours has a nearest one for.
public enum Colour: Hashable, Sendable {
    /// What the operator chose for the terminal.
    case standard
    case named(Name)
    /// One of the 256 of xterm's palette, and what stands for it where there are fewer.
    case indexed(UInt8, fallback: Name)

    /// The sixteen colours of ANSI terminals, numbered as they are there.
    public enum Name: UInt8, Hashable, Sendable {
        case black, red, green, yellow, blue, magenta, cyan, white
        case brightBlack, brightRed, brightGreen, brightYellow, brightBlue, brightMagenta, brightCyan, brightWhite
    }

    /// The number in a palette of `count` colours; nil for the terminal's own, and where there are no colours.
    public func index(of count: Int) -> Int? {
        let name: Name
        switch self {
        case .standard: return nil
        case .indexed(let index, _) where count >= 256: return Int(index)
        case .indexed(_, let fallback): name = fallback
        case .named(let own): name = own
        }
        guard count >= 8 else { return nil }
        // With eight colours the bright ones are drawn as their plain sisters.
        return count >= 16 ? Int(name.rawValue) : Int(name.rawValue % 8)
    }
}
