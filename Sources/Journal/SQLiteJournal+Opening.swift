import Foundation
import GRDB
import TrainingPorts

extension SQLiteJournal {
    /// Marks the file as ours (`PRAGMA application_id`): the letters “ACTR”.
    static let applicationID = 0x4143_5452

    /// Makes the file beside its place and moves it there when it is whole. So a file at its place that is empty or half is always
    /// damage and never a start that was cut off.
    static func create(at path: String) throws {
        let draft = path + ".new"
        for leftover in [draft, draft + "-journal"] where FileManager.default.fileExists(atPath: leftover) {
            try FileManager.default.removeItem(atPath: leftover)
        }
        try PrivateFile.create(at: draft)
        let queue = try DatabaseQueue(path: draft, configuration: configuration(path: draft))
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA application_id = \(applicationID)") }
        try JournalSchema.migrator.migrate(queue)
        try queue.close()
        try PrivateFile.move(draft, to: path)
    }

    static func open(_ path: String) throws -> DatabaseQueue {
        let queue = try DatabaseQueue(path: path, configuration: configuration(path: path))
        try queue.writeWithoutTransaction { db in
            try refuseForeign(db, path)
            // Takes the file's lock now and, in exclusive locking mode, keeps it: a second owner must fail at its start, not later.
            try db.execute(sql: "BEGIN EXCLUSIVE; COMMIT")
            try refuseDamaged(db, path)
            try refuseNewer(db, path)
        }
        try JournalSchema.migrator.migrate(queue)
        try queue.write { db in
            try refuseGaps(db, path)
            if try !Projections.areCurrent(db) { try Projections.rebuild(db) }
        }
        return queue
    }

    private static func configuration(path: String) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(1)
        configuration.label = "journal"
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA locking_mode = EXCLUSIVE;
                    PRAGMA journal_mode = DELETE;
                    PRAGMA synchronous = EXTRA;
                    PRAGMA fullfsync = ON;
                    PRAGMA checkpoint_fullfsync = ON;
                    PRAGMA trusted_schema = OFF;
                    """)
            // Read back: a library that lowers it without a word would let a power cut forget that a request had left.
            let level = try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? 0
            guard level >= 3 else { throw JournalFault.notSynced(level: level, path: path) }
        }
        return configuration
    }

    private static func refuseForeign(_ db: Database, _ path: String) throws {
        let mark = try Int.fetchOne(db, sql: "PRAGMA application_id")
        guard mark == applicationID else { throw JournalFault.notAJournal(path: path) }
    }

    private static func refuseDamaged(_ db: Database, _ path: String) throws {
        let findings = try String.fetchAll(db, sql: "PRAGMA integrity_check(3)")
        guard findings == ["ok"] else { throw JournalFault.damaged(path: path, finding: findings.joined(separator: "; ")) }
    }

    private static func refuseNewer(_ db: Database, _ path: String) throws {
        guard try !JournalSchema.migrator.hasBeenSuperseded(db) else { throw JournalFault.newer(path: path) }
        guard try db.tableExists("event") else { return }
        let newest = try Int.fetchOne(db, sql: "SELECT max(schema) FROM event") ?? 0
        guard newest <= EventRow.schema else { throw JournalFault.newer(path: path) }
    }

    private static func refuseGaps(_ db: Database, _ path: String) throws {
        let row = try Row.fetchOne(
            db, sql: "SELECT count(*) AS n, coalesce(min(seq), 1) AS low, coalesce(max(seq), 0) AS high FROM event")
        guard let row, row["low"] == 1, row["high"] as Int == row["n"] else {
            throw JournalFault.damaged(path: path, finding: "events are missing between the first and the last")
        }
    }
}
