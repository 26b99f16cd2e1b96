import Foundation
import GRDB
import JSONText
import Training

/// An event as a row of the table: the envelope in columns, the payload as JSON text with snake_case keys in order.
struct EventRow {
    /// The newest shape of payloads that this program can read.
    static let schema = EventRecord.currentSchema

    let sequence: Int
    let time: String
    let schema: Int
    let id: String
    let cause: String?
    let by: String
    let job: Int?
    let attempt: Int?
    let event: String
    let data: String

    init(_ record: EventRecord) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Through our own JSON values, which keep order and number text, to have the payload apart from its name.
        let json = try JSONValue(parsing: try encoder.encode(record.event))
        sequence = record.sequence
        time = record.time.description
        schema = record.schema
        id = record.id
        cause = record.cause
        by = record.by
        job = record.job?.number
        attempt = record.attempt
        event = record.event.name
        data = (json["data"] ?? [:]).text()
    }

    init(row: Row) throws {
        sequence = row["seq"]
        time = row["time"]
        schema = row["schema"]
        id = row["id"]
        cause = row["cause"]
        by = row["by"]
        job = row["job"]
        attempt = row["attempt"]
        event = row["event"]
        data = row["data"]
    }

    func insert(into db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO event (seq, time, schema, id, cause, "by", job, attempt, event, data)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [sequence, time, schema, id, cause, by, job, attempt, event, data])
    }

    /// - Throws: `PortError` where this program cannot read the event: a newer one wrote it, or the row is damaged.
    func record(path: String) throws -> EventRecord {
        guard schema <= EventRow.schema else { throw JournalFault.newer(path: path) }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let text = "{\"event\":\(JSONValue.string(event).text()),\"data\":\(data)}"
        guard let time = Timestamp(parsing: time) else { throw JournalFault.unreadable(sequence, path: path, cause: nil) }
        do {
            return EventRecord(
                sequence: sequence, time: time, schema: schema, id: id, cause: cause, by: by, job: job.map { JobID($0) },
                attempt: attempt, event: try decoder.decode(Event.self, from: Data(text.utf8)))
        } catch {
            throw JournalFault.unreadable(sequence, path: path, cause: error)
        }
    }
}
