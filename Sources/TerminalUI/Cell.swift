/// One cell of the screen. A wide character takes its own cell and a following `continuation`.
///
/// Two machine words and no reference: a frame is made, compared and thrown away for each key, and cells that hold strings cost more
/// there than all the painting.
public struct Cell: Hashable, Sendable {
    /// Scalars of 21 bits from the lowest on, ended by 0: base and two marks here, two more marks in `rest`.
    private var first: UInt64
    /// Bits 0 to 41: marks; 48 to 55: the role; 56 to 63: the emphasis.
    private var rest: UInt64

    public init(_ glyph: String = " ", _ style: Style = .text) {
        self.init(scalars: glyph.unicodeScalars, style)
    }

    /// One character of one column.
    init(scalar: Unicode.Scalar, _ style: Style) {
        first = UInt64(scalar.value)
        rest = Cell.bits(of: style)
    }

    private init(scalars: String.UnicodeScalarView, _ style: Style) {
        first = 0
        rest = Cell.bits(of: style)
        // A text's base has at most so many marks by `DisplayText`'s rule.
        for (place, scalar) in scalars.prefix(1 + DisplayText.maximumCombiningMarks).enumerated() {
            if place < 3 {
                first |= UInt64(scalar.value) << (21 * place)
            } else {
                rest |= UInt64(scalar.value) << (21 * (place - 3))
            }
        }
    }

    /// The second column of a wide character before it.
    public static func continuation(_ style: Style) -> Cell { Cell("", style) }

    public var isContinuation: Bool { first == 0 }

    /// What is drawn: one base character with at most a few combining marks; empty in a continuation.
    public var glyph: String {
        var view = String.UnicodeScalarView()
        for word in [first, rest & Cell.markBits] {
            var left = word
            while left != 0, let scalar = Unicode.Scalar(UInt32(left & Cell.scalarBits)) {
                view.append(scalar)
                left >>= 21
            }
        }
        return String(view)
    }

    /// The character, where it is printable ASCII alone, as nearly all are.
    public var ascii: UInt8? {
        first >= 0x20 && first < 0x7F && rest & Cell.markBits == 0 ? UInt8(truncatingIfNeeded: first) : nil
    }

    public var style: Style {
        get {
            Style(
                Role(rawValue: UInt8(truncatingIfNeeded: rest >> 48)) ?? .text,
                Emphasis(rawValue: UInt8(truncatingIfNeeded: rest >> 56)))
        }
        set { rest = rest & Cell.markBits | Cell.bits(of: newValue) }
    }

    /// Takes the character away and leaves its style.
    mutating func blank() { self = Cell(scalar: " ", style) }

    private static let scalarBits: UInt64 = 0x1F_FFFF
    private static let markBits: UInt64 = 0x3FF_FFFF_FFFF

    private static func bits(of style: Style) -> UInt64 {
        UInt64(style.role.rawValue) << 48 | UInt64(style.emphasis.rawValue) << 56
    }
}
