import Foundation
import GRDB
import TrainingPorts

/// The sentences for what can go wrong with the journal; each says what is the matter and what to do.
enum JournalFault {
    /// Runs `body` and turns whatever it throws into a `PortError`.
    static func explaining<Value>(_ path: String, _ body: () throws -> Value) throws(PortError) -> Value {
        do {
            return try body()
        } catch let error as PortError {
            throw error
        } catch let error as DatabaseError {
            throw explain(error, path: path)
        } catch {
            throw PortError(.notWritable, "the journal \(path) cannot be used: \(error.localizedDescription)", cause: error)
        }
    }

    private static func explain(_ error: DatabaseError, path: String) -> PortError {
        let said = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        return switch error.resultCode {
        case .SQLITE_NOTADB: PortError(.corrupted, notAJournal(path: path).message, cause: error)
        case .SQLITE_CORRUPT: PortError(.corrupted, damaged(path: path, finding: said).message, cause: error)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            PortError(
                .conflict, "another process has the journal \(path) open; only one program may own it at a time", cause: error)
        case .SQLITE_FULL:
            PortError(
                .notWritable, "the disk is full: nothing was written to \(path); make room, nothing new is submitted until then",
                cause: error)
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN:
            PortError(
                .notWritable, "the journal \(path) cannot be written (\(said)); check the folder's owner and mode", cause: error)
        case .SQLITE_CONSTRAINT:
            PortError(.conflict, "the journal refused a second use of something unique (\(said))", cause: error)
        default:
            PortError(.notWritable, "the disk did not take the journal \(path) (\(said)); check it before going on", cause: error)
        }
    }

    /// Both in bytes.
    static func noRoom(_ free: Int64, of wanted: Int64, path: String) -> PortError {
        let have = "\(free >> 20) MiB are free beside \(path)"
        return PortError(
            .notWritable,
            "the disk is all but full: \(have); make room for at least \(wanted >> 20) MiB, nothing new is submitted until then")
    }

    static func notAJournal(path: String) -> PortError {
        PortError(
            .corrupted,
            "\(path) is not a journal of actor-trainer; it was left as it is. Move it away to begin a new one, or put the right one back"
        )
    }

    static func damaged(path: String, finding: String) -> PortError {
        PortError(
            .corrupted,
            "the journal \(path) is damaged (\(finding)); it was left as it is. Put a copy of it back, or rescue it with “sqlite3 \(path) .recover”"
        )
    }

    static func newer(path: String) -> PortError {
        PortError(
            .notSupported, "the journal \(path) was written by a newer actor-trainer; update the program, it was left as it is")
    }

    static func notSynced(level: Int, path: String) -> PortError {
        PortError(
            .notSupported,
            "SQLite will not sync the journal \(path) to disk as it must (synchronous is \(level), not 3): a power cut could forget a paid training"
        )
    }

    static func moved(path: String) -> PortError {
        PortError(
            .notWritable,
            "the journal \(path) was removed or replaced while it was in use; nothing was written. Put it back and start again")
    }

    static func wrongDigest(_ digest: String, path: String) -> PortError {
        PortError(.corrupted, "the payload \(digest) in the journal \(path) is not what its digest says; it must not be sent")
    }

    static func unreadable(_ sequence: Int, path: String, cause: (any Error)?) -> PortError {
        PortError(
            .corrupted, "event \(sequence) of the journal \(path) cannot be read; a newer program wrote it, or it is damaged",
            cause: cause)
    }
}
