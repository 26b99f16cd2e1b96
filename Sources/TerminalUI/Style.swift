/// What a piece of the screen means. A theme maps roles to colours and attributes in one place;
/// on a monochrome terminal each role still differs by attribute or by its words, never by colour alone.
public enum Role: UInt8, CaseIterable, Hashable, Sendable {
    /// Ordinary text.
    case text
    /// What may be overlooked: excluded actors, old lines.
    case dim
    /// Headings and names.
    case title
    /// The frame of a pane, and that of the pane that has the keys.
    case border, borderFocused
    /// The line under the cursor, in the focused pane and in another one.
    case selected, selectedUnfocused
    /// A line that is marked for the next command.
    case marked
    case good, warning, error, accent
    /// The done and the open part of a progress bar.
    case bar, barRest
    /// The header line and the footer line; a key's name in the footer.
    case header, footer, key
    /// The badge that says that nothing here is real.
    case simulation
    /// A dialog's body and its resting button.
    case dialog, dialogButton
}

/// Extra emphasis on top of what a role has by its theme.
public struct Emphasis: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let bold = Emphasis(rawValue: 1)
    public static let underline = Emphasis(rawValue: 2)
    public static let reverse = Emphasis(rawValue: 4)
}

/// How a cell looks: a role and an emphasis.
public struct Style: Hashable, Sendable {
    public var role: Role
    public var emphasis: Emphasis

    public init(_ role: Role, _ emphasis: Emphasis = []) {
        self.role = role
        self.emphasis = emphasis
    }

    public static let text = Style(.text)
}
