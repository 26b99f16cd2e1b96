import SystemSurroundings
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Journal

/// What every journal promises, the one on disk and the one in memory.
@Suite("Every journal")
struct JournalStoreTests {
    enum Kind: CaseIterable {
        case disk, memory
    }

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func make(_ kind: Kind) throws -> any JournalStore {
        switch kind {
        case .disk: try SQLiteJournal(path: folder["journal.sqlite"], random: SeededRandom(seed: 1))
        case .memory: InMemoryJournal(digester: SHA256Digester())
        }
    }

    private func queued(_ job: Int, actor: Int) -> EventDraft {
        EventDraft(
            time: .sample, by: "operator", job: JobID(job),
            event: .jobQueued(QueuedJob(actor: ActorID(actor), name: "a", origin: .operator)))
    }

    private func ended(_ job: Int, attempt: Int) -> EventDraft {
        let ending = Ending(outcome: .failed, at: .sample)
        return EventDraft(time: .sample, by: "engine", job: JobID(job), attempt: attempt, event: .attemptEnded(ending))
    }

    private func prepared(_ job: Int, attempt: Int, _ order: Order) -> EventDraft {
        EventDraft(time: .sample, by: "engine", job: JobID(job), attempt: attempt, event: .attemptPrepared(order))
    }

    @Test("numbers events from 1 without gaps, over several appends", arguments: Kind.allCases)
    func numbering(kind: Kind) throws {
        let journal = try make(kind)
        let held = EventDraft(time: .sample, by: "engine", event: .queueResumed)
        #expect(try journal.append([held, held], payloads: []).map(\.sequence) == [1, 2])
        #expect(try journal.append([], payloads: []).isEmpty)
        #expect(try journal.append([held], payloads: []).map(\.sequence) == [3])
        #expect(try journal.events(after: 1).map(\.sequence) == [2, 3])
        #expect(try journal.events(after: 3).isEmpty)
        #expect(Set(try journal.events(after: 0).map(\.id)).count == 3)
    }

    @Test("gives every kind of event back as it was", arguments: Kind.allCases)
    func roundTrip(kind: Kind) throws {
        let journal = try make(kind)
        var written: [EventRecord] = []
        for (index, event) in Event.samples.enumerated() {
            let draft = EventDraft(
                time: .sample + .seconds(Double(index)), cause: "command \(index)", by: "operator", job: JobID(index + 1),
                attempt: index == 0 ? nil : 1, event: event)
            // A retry needs its job; the sample's own is queued before it.
            if case .attemptQueued = event {
                written += try journal.append(
                    [queued(index + 1, actor: 999), ended(index + 1, attempt: 1), draft], payloads: [])
            } else {
                written += try journal.append([draft], payloads: [])
            }
        }
        #expect(try journal.events(after: 0) == written)
        #expect(Set(written.map(\.event.name)).isSuperset(of: Event.samples.map(\.name)))
    }

    @Test("refuses a second open attempt of an actor, and then writes nothing of that append", arguments: Kind.allCases)
    func oneOpenAttempt(kind: Kind) throws {
        let journal = try make(kind)
        _ = try journal.append([queued(1, actor: 19)], payloads: [])
        let error = #expect(throws: PortError.self) {
            try journal.append([queued(2, actor: 20), queued(3, actor: 19)], payloads: [])
        }
        #expect(error?.code == .conflict)
        #expect(error?.message.contains("actor 19 has an open attempt already (j1.1)") == true)
        #expect(try journal.events(after: 0).count == 1)
        // The refused job of actor 20 left nothing behind either.
        #expect(try journal.append([queued(2, actor: 20)], payloads: []).count == 1)
    }

    @Test("lets an actor have another attempt once the first has ended", arguments: Kind.allCases)
    func attemptAfterEnd(kind: Kind) throws {
        let journal = try make(kind)
        let retry = EventDraft(
            time: .sample, by: "operator", job: JobID(1), attempt: 2, event: .attemptQueued(QueuedAttempt(reason: "asked")))
        _ = try journal.append([queued(1, actor: 19)], payloads: [])
        #expect(throws: PortError.self) { try journal.append([retry], payloads: []) }
        _ = try journal.append([ended(1, attempt: 1), retry], payloads: [])
        #expect(throws: PortError.self) { try journal.append([queued(2, actor: 19)], payloads: []) }
        // A late end of the first attempt does not close the second.
        _ = try journal.append([ended(1, attempt: 1)], payloads: [])
        #expect(throws: PortError.self) { try journal.append([queued(2, actor: 19)], payloads: []) }
        _ = try journal.append([ended(1, attempt: 2), queued(2, actor: 19)], payloads: [])
        #expect(throws: PortError.self) { try journal.append([queued(2, actor: 33)], payloads: []) }
    }

    @Test("gives a model name and a request id to one attempt only", arguments: Kind.allCases)
    func uniqueNames(kind: Kind) throws {
        let journal = try make(kind)
        let first = Order.sample(for: ActorID(19), version: 7, request: 1)
        _ = try journal.append([queued(1, actor: 19), prepared(1, attempt: 1, first)], payloads: [])
        // The same attempt may be prepared again under its own names.
        _ = try journal.append([prepared(1, attempt: 1, first)], payloads: [])
        let sameName = Order.sample(for: ActorID(19), version: 7, request: 2)
        let sameRequest = Order.sample(for: ActorID(19), version: 8, request: 1)
        for order in [sameName, sameRequest] {
            let error = #expect(throws: PortError.self) { try journal.append([prepared(1, attempt: 2, order)], payloads: []) }
            #expect(error?.code == .conflict)
        }
        _ = try journal.append([prepared(1, attempt: 2, Order.sample(for: ActorID(19), version: 8, request: 2))], payloads: [])
    }

    @Test("keeps payloads under their digest, once", arguments: Kind.allCases)
    func payloads(kind: Kind) throws {
        let journal = try make(kind)
        let bytes = Array("{\"input\":{}}".utf8)
        let payload = Payload(digest: SHA256Digester().sha256(bytes), bytes: bytes)
        _ = try journal.append([], payloads: [payload])
        _ = try journal.append([], payloads: [payload])
        #expect(try journal.payload(payload.digest) == bytes)
        #expect(try journal.payload(SHA256Digester().sha256([])) == nil)
        let wrong = Payload(digest: payload.digest, bytes: [1])
        let error = #expect(throws: PortError.self) {
            try journal.append([EventDraft(time: .sample, by: "engine", event: .queueResumed)], payloads: [wrong])
        }
        #expect(error?.code == .corrupted)
        #expect(try journal.events(after: 0).isEmpty)
    }
}
