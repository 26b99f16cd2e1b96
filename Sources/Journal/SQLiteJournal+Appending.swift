import Foundation
import GRDB
public import Training
public import TrainingPorts

extension SQLiteJournal {
    public func append(_ drafts: [EventDraft], payloads: [Payload]) throws(PortError) -> [EventRecord] {
        guard !drafts.isEmpty || !payloads.isEmpty else { return [] }
        return try JournalFault.explaining(path) {
            guard FileIdentity(path: path) == identity else { throw JournalFault.moved(path: path) }
            return try queue.write { db in
                for payload in payloads { try keep(payload, in: db) }
                let newest = try Int.fetchOne(db, sql: "SELECT max(seq) FROM event") ?? 0
                let records = drafts.enumerated().map { index, draft in
                    EventRecord(numbering: draft, sequence: newest + index + 1, id: makeEventID())
                }
                for record in records {
                    try EventRow(record).insert(into: db)
                    try Projections.take(record, in: db)
                }
                try Projections.note(newest + records.count, in: db)
                return records
            }
        }
    }

    public func checkRoom() throws(PortError) {
        let folder = URL(filePath: path).deletingLastPathComponent().path()
        // Where the file system does not tell, the write itself has to.
        guard let free = try? FileManager.default.attributesOfFileSystem(forPath: folder)[.systemFreeSize] as? NSNumber,
            free.int64Value < roomWanted
        else { return }
        throw JournalFault.noRoom(free.int64Value, of: roomWanted, path: path)
    }

    private func keep(_ payload: Payload, in db: Database) throws {
        guard PayloadDigest.matches(payload) else { throw JournalFault.wrongDigest(payload.digest, path: path) }
        try db.execute(
            sql: "INSERT INTO payload (digest, bytes) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING",
            arguments: [payload.digest, payload.bytes.withUnsafeBytes { Data($0) }])
    }

    /// 128 bits of chance in hex: unique across journals, so that events of two machines can be laid side by side.
    private func makeEventID() -> String {
        [random.next(), random.next()].map { word in
            let hex = String(word, radix: 16)
            return String(repeating: "0", count: 16 - hex.count) + hex
        }.joined()
    }
}

extension EventRecord {
    init(numbering draft: EventDraft, sequence: Int, id: String) {
        self.init(
            sequence: sequence, time: draft.time, id: id, cause: draft.cause, by: draft.by, job: draft.job,
            attempt: draft.attempt,
            event: draft.event)
    }
}
