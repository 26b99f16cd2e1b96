/// A key press as the program sees it, without any of the terminal's codes.
public enum Key: Hashable, Sendable {
    /// A printable character, as typed.
    case character(Character)
    /// Control and a letter, in small: `.control("c")`.
    case control(Character)
    case enter, escape, tab, backTab, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    case function(Int)
}

/// What comes from the terminal.
public enum TerminalInput: Hashable, Sendable {
    case key(Key)
    /// Text that was pasted; never a command.
    case paste(String)
    /// The new size in columns and rows.
    case resized(width: Int, height: Int)
    /// Back from a suspension (Ctrl-Z and `fg`): everything has to be asked anew.
    case resumed
    /// The program was asked to leave: a signal's number, or 0 where the terminal's input ended.
    case terminate(signal: Int32)
}
