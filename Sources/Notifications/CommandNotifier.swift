import JSONText
public import TrainingPorts

/// Runs a program of the operator's for each notice, with the notice as one line of JSON on its standard input.
public struct CommandNotifier: Notifier {
    public let name = "the notification command"
    private let command: ShortCommand

    /// - Parameters:
    ///   - words: the program, a path or a name in `PATH`, and its arguments.
    ///   - environment: ours; the program gets what it needs to reach the desktop, and no key.
    ///   - limit: how long it may take before it is ended, with all that it has started.
    /// - Returns: nil without any word.
    public init?(words: [String], environment: [String: String], limit: Duration = .seconds(10)) {
        guard let program = words.first else { return nil }
        command = ShortCommand(program: program, arguments: Array(words.dropFirst()), environment: environment, limit: limit)
    }

    public func tell(_ notice: Notice) async throws(PortError) { try await command.run(notice.json.text() + "\n") }
}
