import Foundation
import GRDB
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Journal

@Suite("The journal on disk")
struct SQLiteJournalTests {
    private let folder: TemporaryFolder
    private let path: String
    private let random = SeededRandom(seed: 7)
    private let resumed = EventDraft(time: .sample, by: "engine", event: .queueResumed)

    init() throws {
        folder = try TemporaryFolder()
        path = folder["journal.sqlite"]
    }

    private func open() throws -> SQLiteJournal { try SQLiteJournal(path: path, random: random) }

    /// Changes the file behind the journal's back, as another program would.
    private func meddle(_ sql: String) throws {
        try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: sql) }
    }

    @Test("has its events after it was closed and opened again")
    func reopening() throws {
        let written = try open().append([resumed, resumed], payloads: [])
        let journal = try open()
        #expect(try journal.events(after: 0) == written)
        #expect(try journal.append([resumed], payloads: []).map(\.sequence) == [3])
    }

    @Test("a disk has room for an order or is told to be all but full, with what is free and what is wanted")
    func room() throws {
        try SQLiteJournal(path: path, random: random, roomWanted: 0).checkRoom()
        let error = #expect(throws: PortError.self) {
            try SQLiteJournal(path: path, random: random, roomWanted: .max).checkRoom()
        }
        #expect(error?.code == .notWritable)
        let free = try #require(
            try FileManager.default.attributesOfFileSystem(forPath: folder.path)[.systemFreeSize] as? Int64)
        let told = try #require(error?.message.firstMatch(of: /(\d+) MiB are free/).flatMap { Int64($0.1) })
        // Others write to the same disk meanwhile.
        #expect(abs(told - free >> 20) < 1_024)
        #expect(error?.message.contains("at least \(Int64.max >> 20) MiB") == true)
    }

    @Test("is synced as far as SQLite can, with a rollback journal and one connection")
    func durability() throws {
        let journal = try open()
        let (level, mode, locking) = try journal.queue.read { db in
            (
                try Int.fetchOne(db, sql: "PRAGMA synchronous"), try String.fetchOne(db, sql: "PRAGMA journal_mode"),
                try String.fetchOne(db, sql: "PRAGMA locking_mode")
            )
        }
        #expect(level == 3)
        #expect(mode == "delete")
        #expect(locking == "exclusive")
    }

    @Test("can be read by its owner alone")
    func modes() throws {
        let journal = try open()
        _ = try journal.append([resumed], payloads: [])
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.contains("journal.sqlite"))
        for name in names {
            #expect(try folder.mode(of: name) == 0o600, "\(name)")
        }
    }

    @Test("is refused to a second one while the first has it open")
    func secondOwner() throws {
        let first = try open()
        let error = #expect(throws: PortError.self) { try open() }
        #expect(error?.code == .conflict)
        _ = try first.append([resumed], payloads: [])
    }

    @Test(
        "lets nobody change or delete what was written",
        arguments: ["DELETE FROM event", "UPDATE event SET by = 'x'", "DELETE FROM payload"])
    func appendOnly(sql: String) throws {
        let bytes: [UInt8] = []
        let digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        _ = try open().append([resumed], payloads: [Payload(digest: digest, bytes: bytes)])
        #expect(throws: DatabaseError.self) { try meddle(sql) }
        #expect(try open().events(after: 0).count == 1)
    }

    @Test(
        "is refused and left untouched where it is no journal",
        arguments: ["", "not a database at all, but long enough to be read as one"])
    func foreignFile(text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: PortError.self) { try open() }
        #expect(error?.code == .corrupted)
        #expect(error?.message.contains("left as it is") == true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(text.utf8))
    }

    @Test("is refused where it is somebody else's SQLite database")
    func foreignDatabase() throws {
        try meddle("CREATE TABLE theirs (x)")
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(throws: PortError.self) { try open() }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test("is refused where pages of it are torn")
    func tornPages() throws {
        _ = try open().append(Array(repeating: resumed, count: 400), payloads: [])
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes.replaceSubrange(bytes.count - 4096..<bytes.count, with: Data(repeating: 0x5A, count: 4096))
        try bytes.write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: PortError.self) { try open() }
        #expect(error?.code == .corrupted)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    }

    @Test("is refused where an event in its midst is gone")
    func gap() throws {
        _ = try open().append([resumed, resumed, resumed], payloads: [])
        try meddle("DROP TRIGGER event_is_never_deleted; DELETE FROM event WHERE seq = 2")
        #expect(throws: PortError.self) { try open() }.map { #expect($0.code == .corrupted) }
    }

    @Test(
        "is refused where a newer program wrote it",
        arguments: [
            "INSERT INTO grdb_migrations VALUES ('9 from the future')",
            "INSERT INTO event VALUES (2, '2026-11-23T16:04:52.120Z', 99, 'x', NULL, 'engine', NULL, NULL, 'queue.resumed', '{}')",
        ])
    func newer(sql: String) throws {
        _ = try open().append([resumed], payloads: [])
        try meddle(sql)
        #expect(throws: PortError.self) { try open() }.map { #expect($0.code == .notSupported) }
    }

    @Test("is begun anew where a first start was cut off before it was whole")
    func halfMade() throws {
        try Data("half".utf8).write(to: URL(fileURLWithPath: path + ".new"))
        #expect(try open().events(after: 0).isEmpty)
        #expect(!FileManager.default.fileExists(atPath: path + ".new"))
    }

    @Test("writes nothing where the disk is full, says so, and goes on once there is room")
    func diskFull() throws {
        let journal = try open()
        _ = try journal.append([resumed], payloads: [])
        let pages = try journal.queue.read { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
        try journal.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(pages)") }
        let error = #expect(throws: PortError.self) { try journal.append(Array(repeating: resumed, count: 500), payloads: []) }
        #expect(error?.code == .notWritable)
        #expect(error?.message.contains("disk is full") == true)
        #expect(try journal.events(after: 0).count == 1)
        try journal.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        #expect(try journal.append([resumed], payloads: []).map(\.sequence) == [2])
    }

    @Test("says so where the disk lets nothing be written")
    func readOnly() throws {
        let journal = try open()
        try journal.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = ON") }
        #expect(throws: PortError.self) { try journal.append([resumed], payloads: []) }.map { #expect($0.code == .notWritable) }
        #expect(throws: PortError.self) {
            try SQLiteJournal(path: folder["no/such/folder/journal.sqlite"], random: SeededRandom(seed: 1))
        }.map { #expect($0.code == .notWritable) }
    }

    @Test("does not write into a file that was taken away under it")
    func vanished() throws {
        let journal = try open()
        _ = try journal.append([resumed], payloads: [])
        try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
        #expect(throws: PortError.self) { try journal.append([resumed], payloads: []) }.map { #expect($0.code == .notWritable) }
        try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
        #expect(try journal.append([resumed], payloads: []).map(\.sequence) == [2])
    }

    @Test("makes its projections anew where they fell behind or were changed")
    func projections() throws {
        let queued = EventDraft(
            time: .sample, by: "operator", job: JobID(1),
            event: .jobQueued(QueuedJob(actor: ActorID(19), name: "a", origin: .operator)))
        _ = try open().append([queued], payloads: [])
        try meddle("DELETE FROM open_attempt; DELETE FROM job; DELETE FROM meta")
        let journal = try open()
        let again = EventDraft(time: .sample, by: "operator", job: JobID(2), event: queued.event)
        #expect(throws: PortError.self) { try journal.append([again], payloads: []) }.map { #expect($0.code == .conflict) }
        try journal.rebuildProjections()
        #expect(throws: PortError.self) { try journal.append([again], payloads: []) }
    }
}
