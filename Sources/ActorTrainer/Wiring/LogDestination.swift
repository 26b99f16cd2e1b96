import Logging
import Synchronization

/// Where the libraries' messages go: nowhere until a state folder is ours, then into its log file. Never onto the screen.
enum LogDestination {
    private static let file = Mutex<LogFile?>(nil)

    static func open(_ log: LogFile) { file.withLock { $0 = log } }

    /// To be called once, before the first logger is made.
    static func take(level: Logger.Level) {
        LoggingSystem.bootstrap { _ in Handler(logLevel: level) }
    }

    private struct Handler: LogHandler {
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            LogDestination.file.withLock { $0 }?.write(event.level, event.message.description)
        }
    }
}
