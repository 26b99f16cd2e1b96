import GRDB
import Training

extension Projections {
    /// Raised when the folding changes, so that tables of an older program are made anew.
    private static let shape = 1

    /// Whether the tables hold all events, folded by this program's rules.
    static func areCurrent(_ db: Database) throws -> Bool {
        let newest = try Int.fetchOne(db, sql: "SELECT max(seq) FROM event") ?? 0
        return try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'projected'") == mark(newest)
    }

    /// Notes up to which event the tables go.
    static func note(_ sequence: Int, in db: Database) throws {
        try db.execute(
            sql: "INSERT INTO meta (key, value) VALUES ('projected', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            arguments: [mark(sequence)])
    }

    static func rebuild(_ db: Database) throws {
        for table in ["job", "open_attempt", "model_name", "request_id"] { try db.execute(sql: "DELETE FROM \(table)") }
        var newest = 0
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM event ORDER BY seq")
        while let row = try rows.next() {
            let record = try EventRow(row: row).record(path: db.description)
            try take(record, in: db)
            newest = record.sequence
        }
        try note(newest, in: db)
    }

    private static func mark(_ sequence: Int) -> String { "\(shape):\(sequence)" }
}
