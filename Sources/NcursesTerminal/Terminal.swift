internal import CNcurses
internal import CTerminalGuard
internal import Foundation
import TerminalUI

/// The real terminal: owns its modes from `init` to `leave`, shows buffers and reads keys.
///
/// ncurses keeps its state in globals, so there is one at a time, and it stays on the thread that made it; that it is not
/// `Sendable` has the compiler see to it. `TerminalLoop` is the usual way to use it.
public final class Terminal {
    public internal(set) var facts: TerminalFacts
    let palette: Palette
    var decoder = KeyDecoder()
    /// What is on the screen now; nil where that is not known.
    var shown: Buffer?
    /// The modes that we set, to see whether somebody else changed them meanwhile.
    private var ownModes = termios()
    private let screen: OpaquePointer
    private let detour: StandardErrorDetour
    private var isLeft = false

    /// Takes the terminal over.
    /// - Throws: `TerminalError`, before anything was written, where there is no usable terminal.
    public init(options: TerminalOptions) throws(TerminalError) {
        let environment = try TerminalEnvironment(options: options)
        guard terminal_guard_enter(STDIN_FILENO) == 0 else {
            throw TerminalError(.noModes, "The terminal's modes cannot be read: \(String(cString: strerror(errno))).")
        }
        // From here on every way out has something to give back.
        do {
            detour = try StandardErrorDetour(to: options.standardErrorFile)
        } catch {
            terminal_guard_leave()
            throw error
        }
        terminal_guard_remember_signals()
        guard let (screen, name) = Terminal.newScreen(names: environment.terminalNames) else {
            detour.end()
            terminal_guard_leave()
            throw TerminalError(
                .unusableTerminal,
                "The terminal \(environment.terminalNames[0]) is not known here. Install its terminfo entry, or set TERM=xterm-256color."
            )
        }
        self.screen = screen
        Terminal.setModes()
        tcgetattr(STDIN_FILENO, &ownModes)
        let colours = Terminal.startColours(allowed: environment.allowsColours)
        palette = Palette(theme: options.theme, colours: colours)
        let size = Terminal.currentSize()
        facts = TerminalFacts(
            width: size.width, height: size.height, isUTF8: environment.isUTF8,
            charset: options.charset ?? (environment.isUTF8 ? .unicode : .ascii), colourCount: colours, terminalName: name)
        terminal_guard_catch_crashes()
        writeDirectly("\u{1B}[?2004h")
    }

    deinit { leave() }

    /// Gives the terminal back; what is called twice does nothing the second time.
    public func leave() {
        guard !isLeft else { return }
        isLeft = true
        writeDirectly("\u{1B}[?2004l")
        endwin()
        terminal_guard_leave()
        terminal_guard_release_crashes()
        delscreen(screen)
        detour.end()
    }

    /// Rings the bell, or whatever the terminal does in its place.
    public func bell() { beep() }

    /// Asks the terminal for a notification, past ncurses and in one piece, between two frames: no cell and no cursor is touched.
    func tell(_ notice: TerminalNotice) {
        let bytes = Array(notice.sequence.utf8)
        // A terminal that takes only a part of it would wait for the end of the sequence; so few bytes go at once or not at all.
        if !bytes.isEmpty { _ = write(STDOUT_FILENO, bytes, bytes.count) }
    }

    /// Gives the terminal back, stops the process as Ctrl-Z does, and takes the terminal again when it goes on.
    func suspend() {
        writeDirectly("\u{1B}[?2004l")
        endwin()
        terminal_guard_leave()
        terminal_guard_stop()
        takeAgain()
    }

    /// Takes the terminal after somebody else may have had it: sets our modes, reads the size and shows all anew.
    ///
    /// Stopped from outside we could not put anything back; the shell did, or the guardian.
    func takeAgain() {
        var modes = termios()
        tcgetattr(STDIN_FILENO, &modes)
        if !Terminal.areEqual(modes, ownModes) { _ = terminal_guard_enter(STDIN_FILENO) }
        // ncurses enters its screen again with the first update after this.
        endwin()
        let last = shown
        fitToSize()
        if let last { present(last) } else { doupdate() }
        tcsetattr(STDIN_FILENO, TCSANOW, &ownModes)
        writeDirectly("\u{1B}[?2004h")
    }

    /// Takes in the terminal's size; the next buffer is sent whole.
    func fitToSize() {
        let size = Terminal.currentSize()
        facts.width = size.width
        facts.height = size.height
        resizeterm(CInt(size.height), CInt(size.width))
        werase(curses_standard_window())
        forgetScreen()
    }

    /// What is on the screen is not known any more; the next buffer is sent whole.
    func forgetScreen() {
        curses_forget_screen()
        shown = nil
    }

    /// Writes a sequence that does not move the cursor, past ncurses, whose own output is always flushed by then.
    func writeDirectly(_ sequence: StaticString) {
        _ = write(STDOUT_FILENO, sequence.utf8Start, sequence.utf8CodeUnitCount)
    }
}
