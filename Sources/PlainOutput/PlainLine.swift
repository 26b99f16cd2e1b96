public import TerminalUI

/// A line for a pipe or a log: words of our own source code as they are, and foreign text that was made harmless.
///
/// Our own words may hold what a cell of the screen may not, such as the warning sign in its emoji form, which readers of the script's
/// lines look for.
public struct PlainLine: Hashable, Sendable {
    public let string: String

    public init(_ own: StaticString = "", _ text: DisplayText) {
        string = own.description + text.string
    }
}
