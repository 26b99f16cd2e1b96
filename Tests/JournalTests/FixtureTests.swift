import Foundation
import Testing
import Training
import TrainingTestSupport

@testable import Journal

/// Journals of each released shape, made once by the program of their time. They are never made anew: an old journal opens for ever.
@Suite("A journal of an older program")
struct FixtureTests {
    @Test("of schema 1 opens, with every event as it was written")
    func schema1() throws {
        let folder = try TemporaryFolder()
        let fixture = try #require(Bundle.module.url(forResource: "Fixtures/schema-1", withExtension: "sqlite"))
        try FileManager.default.copyItem(at: fixture, to: URL(fileURLWithPath: folder["journal.sqlite"]))
        let journal = try SQLiteJournal(path: folder["journal.sqlite"], random: SeededRandom(seed: 1))
        let records = try journal.events(after: 0)
        #expect(records.map(\.event) == schema1Events)
        #expect(records.allSatisfy { $0.time == .sample && $0.job == JobID(1) && $0.attempt == 1 && $0.cause == "c" })
        #expect(records.map(\.sequence) == Array(1...records.count))
        #expect(records.first?.id == "910a2dec89025cc1beeb8da1658eec67")
        #expect(records.allSatisfy { $0.schema == 1 && $0.by == "engine" })
        #expect(try journal.payload("2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae") == Array("foo".utf8))
    }
}
