/// Text that may be drawn: made harmless once, where it enters the program's output.
///
/// Nothing else can be put into a `Buffer`, printed plainly or written to the log file, so a name with an escape sequence,
/// a carriage return or a bidi override cannot reach a terminal.
public struct DisplayText: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
    CustomStringConvertible
{
    /// The harmless characters. Never holds a control, format or surrogate character.
    public let string: String

    /// Makes `untrusted` harmless: controls, escape sequences, bidi and zero-width characters become visible marks.
    public init(untrusted: String) {
        self.string = DisplayText.sanitised(untrusted)
    }

    /// A literal of our own source code; sanitised like everything else, for there is no second way in.
    public init(stringLiteral value: String) {
        self.init(untrusted: value)
    }

    public var description: String { string }

    /// How many columns it takes on the screen.
    public var width: Int { TextWidth.columns(of: string) }

    public static func + (left: DisplayText, right: DisplayText) -> DisplayText {
        DisplayText(untrusted: left.string + right.string)
    }
}
