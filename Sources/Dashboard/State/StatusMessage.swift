import TerminalUI
import Training

/// What was just said, until the next key or until the screen's clock has counted its time.
struct StatusMessage: Hashable, Sendable {
    var text: String
    var severity: Note.Severity
    /// The first tick after it was said: the time before may be as of long ago. With nothing open no tick comes, nobody wakes to take it
    /// away, and it stays until the next key.
    private var since: Timestamp?

    init(text: String, severity: Note.Severity) {
        self.text = text
        self.severity = severity
    }

    /// How long it stands, in seconds of the person who reads it.
    private var lifetime: Double { severity == .info ? 10 : 30 }

    /// - Parameter scale: how many of the clock's seconds pass in one.
    mutating func isOver(at tick: Timestamp, scale: Double) -> Bool {
        let first = since ?? tick
        since = first
        return (tick - first).inSeconds >= lifetime * scale
    }
}

extension Note.Severity {
    /// The word that stands before a message, so that it is not told by colour alone.
    var word: String {
        switch self {
        case .info: ""
        case .warning: "Warning: "
        case .alarm: "Error: "
        }
    }

    var role: Role {
        switch self {
        case .info: .text
        case .warning: .warning
        case .alarm: .error
        }
    }
}
