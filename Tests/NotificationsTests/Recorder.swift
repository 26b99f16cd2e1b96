import EngineAPI
import Foundation
import Synchronization
import Training
import TrainingPorts
import TrainingTestSupport
import WaitingTestSupport

@testable import Notifications

/// Remembers what it was told; fails or waits where a test wants it.
final class Recorder: Notifier {
    struct State {
        var told: [Notice] = []
        var fault: PortError?
        var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    let name = "the recorder"
    private let state = Mutex(State())

    var told: [Notice] { state.withLock(\.told) }

    func fail(with error: PortError) { state.withLock { $0.fault = error } }

    func tell(_ notice: Notice) async throws(PortError) {
        let (fault, awake) = state.withLock { state in
            state.told.append(notice)
            let awake = state.waiters.filter { $0.count <= state.told.count }
            state.waiters.removeAll { $0.count <= state.told.count }
            return (state.fault, awake)
        }
        for waiter in awake { waiter.continuation.resume() }
        if let fault { throw fault }
    }

    /// Returns when it has been told so much.
    func told(_ count: Int) async -> [Notice] {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                guard state.told.count < count else { return true }
                state.waiters.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
        return told
    }
}

/// An engine whose news a test makes.
actor FakeEngine: Engine {
    private(set) var snapshot: Snapshot
    private var subscribers: [AsyncStream<Update>.Continuation] = []

    init(isSimulation: Bool = false) {
        let source = SourceDescription(kind: .project, label: "test", isSimulation: isSimulation)
        snapshot = Snapshot(now: .sample, ledger: Ledger(), source: source, cast: CastReading())
    }

    var subscriberCount: Int { subscribers.count }

    func perform(_ command: CommandEnvelope) async -> Reply { .refused(message: "") }

    func attach(for interest: Interest) async -> Attachment {
        let (stream, continuation) = AsyncStream.makeStream(of: Update.self)
        subscribers.append(continuation)
        return Attachment(snapshot: snapshot, updates: stream)
    }

    /// A restart: who was attached is let go, the past stays.
    func restart() {
        for subscriber in subscribers { subscriber.finish() }
        subscribers = []
        snapshot.checks = [:]
    }

    func happen(_ happenings: Happening...) {
        for happening in happenings {
            let number = snapshot.ledger.sequence + 1
            let record = EventRecord(
                sequence: number, time: happening.time, id: "e\(number)", cause: nil, by: "engine", job: happening.job,
                attempt: happening.attempt, event: happening.event)
            send(.fact(record))
            snapshot.recentEvents.append(record)
        }
    }

    func checked(_ job: Int) {
        send(.reading(.checked(AttemptID(job: JobID(job), number: 1), CheckReading(asOf: .sample))))
    }

    private func send(_ update: Update) {
        snapshot.take(update)
        for subscriber in subscribers { subscriber.yield(update) }
    }
}

/// A desk that runs, with what it tells and complains of.
struct Stage {
    let engine: FakeEngine
    let recorder = Recorder()
    let complaints = Complaints()
    let markFile: String

    final class Complaints: Sendable {
        private let state = Mutex<[String]>([])
        var lines: [String] { state.withLock { $0 } }
        func add(_ line: String) { state.withLock { $0.append(line) } }
    }

    static func inFolder(_ engine: FakeEngine = FakeEngine(), _ body: (Stage) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("notices-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(Stage(engine: engine, markFile: folder + "/notified"))
    }

    /// Runs a desk while the body does; news is told as soon as the engine's queue is empty.
    func watching(
        kinds: Set<Notice.Kind> = Set(Notice.Kind.allCases), gathering: Duration = .milliseconds(30),
        _ body: (NoticeDesk) async throws -> Void
    ) async throws {
        let complaints = complaints
        let desk = NoticeDesk(
            [recorder], kinds: kinds, markFile: markFile,
            limits: .init(gathering: gathering, catchingUp: .seconds(600), farewell: .seconds(10))
        ) { complaints.add($0) }
        let engine = engine
        let before = await engine.subscriberCount
        let run = Task { await desk.run(engine) }
        try await eventually("the desk listens") { await engine.subscriberCount > before }
        try await body(desk)
        await desk.finish(engine)
        run.cancel()
        await run.value
    }
}
