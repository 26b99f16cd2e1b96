import Logging
import Synchronization

/// Where the libraries' messages go: nowhere until a state folder is ours, then into its log file. Never onto the screen.
enum LogDestination {
    private static let file = Mutex<LogFile?>(nil)

    static func open(_ log: LogFile) { file.withLock { $0 = log } }

    /// To be called once, before the first logger is made.
    static func take(level: Logger.Level) {
        LoggingSystem.bootstrap { label in Handler(isOurs: label.hasPrefix("actor-maker"), logLevel: level) }
    }

    private struct Handler: LogHandler {
        /// A library's details may hold what was asked for, and with it a key.
        let isOurs: Bool
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let own = isOurs ? event.metadata ?? [:] : [:]
            // Those of a library that uses our logger have a dot in their names.
            let details = own.filter { !$0.key.contains(".") }.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            let text = ([event.message.description] + details).joined(separator: ", ")
            LogDestination.file.withLock { $0 }?.write(event.level, text)
        }
    }
}
