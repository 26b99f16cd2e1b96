import EngineAPI
import Foundation
import Logging
import Orchestration
import Synchronization
import TerminalUI
import Training

/// The program's log: events and readings in words, one line each, beside the journal. It may be deleted at any time.
///
/// It begins a new file when it has grown to `limit` and keeps the one before.
final class LogFile: Sendable {
    static let limit: UInt64 = 5_000_000

    let path: String
    /// What is less than this is left out.
    let least: Logger.Level
    private let handle: Mutex<FileHandle?>

    init(path: String, least: Logger.Level) {
        self.path = path
        self.least = least
        handle = Mutex(LogFile.opened(path))
    }

    func write(_ severity: Note.Severity, _ time: Timestamp, _ text: String) {
        let (mark, level): (String, Logger.Level) =
            switch severity {
            case .info: ("info", .info)
            case .warning: ("warning", .warning)
            case .alarm: ("ALARM", .error)
            }
        guard level >= least else { return }
        write("\(time) \(mark) \(DisplayText(untrusted: text).string)\n")
    }

    /// A message of a library.
    func write(_ level: Logger.Level, _ text: String) {
        let time = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        write("\(time) \(level) \(DisplayText(untrusted: text).string)\n")
    }

    private func write(_ line: String) {
        handle.withLock { handle in
            // A full disk must not stop the engine: what the log loses, the journal has.
            try? handle?.write(contentsOf: Data(line.utf8))
            guard let size = try? handle?.offset(), size > LogFile.limit else { return }
            try? handle?.close()
            try? FileManager.default.removeItem(atPath: path + ".1")
            try? FileManager.default.moveItem(atPath: path, toPath: path + ".1")
            handle = LogFile.opened(path)
        }
    }

    private static func opened(_ path: String) -> FileHandle? {
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        let handle = FileHandle(forWritingAtPath: path)
        _ = try? handle?.seekToEnd()
        return handle
    }

    /// Writes down what the engine says until it ends.
    func follow(_ engine: TrainingOrchestrator) async {
        var (newestEvent, newestLine): (Int?, Timestamp?)
        func write(_ record: EventRecord) {
            self.write(record.severity, record.time, record.sentence)
            newestEvent = record.sequence
        }
        func write(_ line: LogLine) {
            self.write(line.severity, line.time, (line.attempt.map { "\($0): " } ?? "") + line.text)
            newestLine = line.time
        }
        while !Task.isCancelled {
            let attachment = await engine.attach(for: .allButTicks)
            // What was missed by falling behind, or before; the events of earlier runs are in the file already.
            let known = newestEvent ?? attachment.snapshot.sinceSequence
            for record in attachment.snapshot.recentEvents where record.sequence > known { write(record) }
            let last = newestLine
            for line in attachment.snapshot.recentLines where last.map({ line.time > $0 }) ?? true { write(line) }
            newestEvent = attachment.snapshot.ledger.sequence
            var isLagging = false
            for await update in attachment.updates {
                switch update {
                case .fact(let record): write(record)
                case .reading(.log(let line)): write(line)
                case .reading: break
                case .lagged: isLagging = true
                }
            }
            guard isLagging else { return }
        }
    }
}
