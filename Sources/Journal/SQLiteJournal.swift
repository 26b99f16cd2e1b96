import Foundation
import GRDB
public import TrainingPorts

/// The journal on disk: one SQLite file that this process alone has open, and to which nothing but new events is ever added.
///
/// One connection (`DatabaseQueue`) and a rollback journal, never a pool: a pool lowers `synchronous` behind our back, and a power cut
/// would then forget a submission that was paid. Each append is one transaction and is on the disk when it returns; it costs about
/// one to three milliseconds on an SSD. All calls block their thread, so the engine makes them on an executor of its own.
public final class SQLiteJournal: JournalStore {
    /// Where the file is.
    public let path: String
    let queue: DatabaseQueue
    let random: any RandomSource
    /// The file that was opened; where its path leads elsewhere later, writes would go to a file that nobody finds again.
    let identity: FileIdentity?
    /// In bytes: what has to be free before a disk that refused a write is taken for well again.
    let roomWanted: Int64

    /// RunPod's largest order and SQLite's rollback journal beside it, in bytes.
    public static let roomForOrder: Int64 = 16 << 20

    /// Opens the journal of a state folder, or makes a new one where there is none.
    ///
    /// What is there and cannot be used is refused and left as it is, byte for byte: a program that starts from empty instead would
    /// forget trainings that are being paid.
    /// - Parameters:
    ///   - path: the file; its folder must be there (`StateFolder.prepare`).
    ///   - random: chance for event ids.
    ///   - roomWanted: what `checkRoom` asks for, in bytes.
    /// - Throws: `PortError`: `corrupted` for a file that is no journal or is damaged, `notSupported` for one of a newer program,
    ///   `conflict` where another process has it open, `notWritable` where the disk does not take it.
    public init(
        path: String, random: any RandomSource, roomWanted: Int64 = SQLiteJournal.roomForOrder
    ) throws(PortError) {
        self.path = path
        self.random = random
        self.roomWanted = roomWanted
        queue = try JournalFault.explaining(path) {
            if !FileManager.default.fileExists(atPath: path) { try SQLiteJournal.create(at: path) }
            return try SQLiteJournal.open(path)
        }
        identity = FileIdentity(path: path)
    }
}
