/// How many terminal columns text takes, from a checked-in table.
///
/// It counts scalar by scalar, as `wcwidth`, ncurses and most terminals do. Clusters for which terminals disagree (an emoji
/// joined of several) never get this far: `DisplayText` replaces them by one mark.
public enum TextWidth {
    /// Columns of a whole text.
    public static func columns(of text: String) -> Int {
        DisplayText.isPlain(text) ? text.unicodeScalars.count : text.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
    }

    /// Columns of one scalar: 0, 1 or 2. What has no width is counted as the one column that its mark takes.
    public static func columns(of scalar: Unicode.Scalar) -> Int {
        tableWidth(of: scalar) ?? 1
    }

    /// Columns of one scalar as the C library counts them; nil for what it does not print: controls, surrogates and what
    /// Unicode had not assigned when the table was made.
    public static func tableWidth(of scalar: Unicode.Scalar) -> Int? {
        if scalar.value >= 0x20, scalar.value < 0x7F { return 1 }
        // The last run that begins at or before the scalar: its key, with the width bits all set, is not above ours.
        let key = scalar.value << 2 | 3
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle] <= key { low = middle + 1 } else { high = middle }
        }
        let width = Int(runs[low - 1] & 3)
        return width == 3 ? nil : width
    }
}
