internal import CNcurses
internal import Foundation

extension Terminal {
    /// The first of the names that the system has an entry for. `newterm` reports failure; `initscr` would exit.
    static func newScreen(names: [String]) -> (OpaquePointer, String)? {
        for name in names {
            guard let screen = curses_new_screen(name) else { continue }
            if curses_can_move_cursor() != 0 { return (screen, name) }
            endwin()
            delscreen(screen)
        }
        return nil
    }

    /// Keys one by one and unseen; Ctrl-C and Ctrl-Z stay signals, which work while nobody reads keys.
    static func setModes() {
        cbreak()
        noecho()
        nonl()
        intrflush(nil, false)
        set_escdelay(25)
        let window = curses_standard_window()
        keypad(window, true)
        nodelay(window, true)
        curses_learn_paste_keys()
        // Ctrl-S would freeze the screen, and Ctrl-V and Ctrl-O would swallow keys.
        var modes = termios()
        guard tcgetattr(STDIN_FILENO, &modes) == 0 else { return }
        modes.c_iflag &= ~tcflag_t(IXON)
        modes.c_lflag &= ~tcflag_t(IEXTEN)
        tcsetattr(STDIN_FILENO, TCSANOW, &modes)
        // ncurses sets these again after a suspension.
        def_prog_mode()
    }

    static func startColours(allowed: Bool) -> Int {
        guard allowed, has_colors() else { return 0 }
        start_color()
        use_default_colors()
        let count = Int(curses_colour_count())
        return count >= 256 ? 256 : count >= 16 ? 16 : count >= 8 ? 8 : 0
    }

    /// What the terminal says, at least one cell; 80x24 where it says nothing.
    static func currentSize() -> (width: Int, height: Int) {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    static func areEqual(_ left: termios, _ right: termios) -> Bool {
        left.c_iflag == right.c_iflag && left.c_oflag == right.c_oflag && left.c_lflag == right.c_lflag
            && left.c_cflag == right.c_cflag
    }
}
