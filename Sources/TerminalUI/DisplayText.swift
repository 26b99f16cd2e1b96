/// Text that may be drawn: made harmless once, where it enters the program's output.
///
/// Nothing else can be put into a `Buffer`, printed plainly or written to the log file, so a name with an escape sequence,
/// a carriage return or a bidi override cannot reach a terminal.
public struct DisplayText: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
    CustomStringConvertible
{
    /// The harmless characters, one line. Never holds a control, format or surrogate character.
    public let string: String

    /// Makes `untrusted` harmless: controls, escape sequences, bidi and zero-width characters become visible marks.
    ///
    /// Line breaks are controls too; `lines(untrusted:)` takes a text of several lines. Longer texts than `maximumScalars`
    /// are cut and end in `…`.
    public init(untrusted: String) {
        self.string = DisplayText.sanitised(untrusted)
    }

    /// A literal of our own source code; sanitised like everything else, for there is no second way in.
    public init(stringLiteral value: String) {
        self.init(untrusted: value)
    }

    /// Whole glyphs of texts that are harmless already.
    init(glyphs: some Sequence<Glyph>) {
        self.string = glyphs.map(\.text).joined()
    }

    public var description: String { string }

    public var isEmpty: Bool { string.isEmpty }

    /// How many columns it takes on the screen.
    public var width: Int { TextWidth.columns(of: string) }

    /// The lines of a text, each made harmless on its own; CR LF, LF and CR end a line.
    public static func lines(untrusted: String) -> [DisplayText] {
        untrusted.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
            .map { DisplayText(untrusted: String($0)) }
    }

    public static func + (left: DisplayText, right: DisplayText) -> DisplayText {
        DisplayText(untrusted: left.string + right.string)
    }
}
