import Foundation
import GRDB
public import Training
public import TrainingPorts

extension SQLiteJournal {
    public func events(after sequence: Int) throws(PortError) -> [EventRecord] {
        try JournalFault.explaining(path) {
            try queue.read { db in
                let rows = try Row.fetchCursor(db, sql: "SELECT * FROM event WHERE seq > ? ORDER BY seq", arguments: [sequence])
                var records: [EventRecord] = []
                while let row = try rows.next() { records.append(try EventRow(row: row).record(path: path)) }
                return records
            }
        }
    }

    public func payload(_ digest: String) throws(PortError) -> [UInt8]? {
        try JournalFault.explaining(path) {
            let data = try queue.read { db in
                try Data.fetchOne(db, sql: "SELECT bytes FROM payload WHERE digest = ?", arguments: [digest])
            }
            guard let data else { return nil }
            let payload = Payload(digest: digest, bytes: Array(data))
            guard PayloadDigest.matches(payload) else { throw JournalFault.wrongDigest(digest, path: path) }
            return payload.bytes
        }
    }

    /// Makes the projection tables anew from the events; they hold nothing that the events do not.
    /// - Throws: `PortError`; then the tables are as they were.
    public func rebuildProjections() throws(PortError) {
        try JournalFault.explaining(path) { try queue.write { try Projections.rebuild($0) } }
    }
}
