import Synchronization
public import Training
public import TrainingPorts

/// A journal in memory with the rules of the one on disk: numbers without gaps, one open attempt an actor, names used once, all or
/// nothing. It can be told to fail, and it outlives the engine that writes to it, so a restart is a new engine on the same journal.
public final class InMemoryJournal: JournalStore {
    private struct State {
        var contents = JournalContents()
        var fault: PortError?
    }

    private let state = Mutex(State())
    private let digester: (any Digester)?

    /// - Parameter digester: checks payloads where given, as the journal on disk does.
    public init(digester: (any Digester)? = nil) { self.digester = digester }

    /// While set, every append fails with it and writes nothing.
    public var fault: PortError? {
        get { state.withLock(\.fault) }
        set { state.withLock { $0.fault = newValue } }
    }

    public func append(_ drafts: [EventDraft], payloads: [Payload]) throws(PortError) -> [EventRecord] {
        for payload in payloads where digester.map({ $0.sha256(payload.bytes) != payload.digest }) == true {
            throw PortError(.corrupted, "the payload \(payload.digest) is not what its digest says")
        }
        let result = state.withLock { state -> Result<[EventRecord], PortError> in
            if let fault = state.fault { return .failure(fault) }
            do throws(PortError) {
                var changed = state.contents
                let records = try changed.append(drafts, payloads)
                state.contents = changed
                return .success(records)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    public func events(after sequence: Int) throws(PortError) -> [EventRecord] {
        state.withLock { Array($0.contents.events.dropFirst(max(0, sequence))) }
    }

    public func payload(_ digest: String) throws(PortError) -> [UInt8]? {
        state.withLock { $0.contents.payloads[digest] }
    }
}

/// What the journal holds, as a value: an append is tried on a copy.
private struct JournalContents {
    var events: [EventRecord] = []
    var payloads: [String: [UInt8]] = [:]
    var jobs: [JobID: (actor: ActorID, attempts: Int)] = [:]
    var open: [ActorID: AttemptID] = [:]
    var names: [String: AttemptID] = [:]

    mutating func append(_ drafts: [EventDraft], _ payloads: [Payload]) throws(PortError) -> [EventRecord] {
        for payload in payloads { self.payloads[payload.digest] = payload.bytes }
        let first = events.count
        for draft in drafts {
            try project(draft)
            events.append(
                EventRecord(
                    sequence: events.count + 1, time: draft.time, id: "event-\(events.count + 1)", cause: draft.cause,
                    by: draft.by,
                    job: draft.job, attempt: draft.attempt, event: draft.event))
        }
        return Array(events[first...])
    }

    private mutating func project(_ draft: EventDraft) throws(PortError) {
        guard let job = draft.job else { return }
        switch draft.event {
        case .jobQueued(let queued):
            guard jobs[job] == nil else { throw PortError(.conflict, "there is a job \(job) already") }
            jobs[job] = (queued.actor, 1)
            try open(AttemptID(job: job, number: 1), of: queued.actor)
        case .attemptQueued:
            guard let known = jobs[job] else { throw PortError(.conflict, "there is no job \(job) to try again") }
            jobs[job] = (known.actor, known.attempts + 1)
            try open(AttemptID(job: job, number: known.attempts + 1), of: known.actor)
        case .attemptPrepared(let order):
            let attempt = AttemptID(job: job, number: draft.attempt ?? 1)
            for name in [order.model.description, order.request.rawValue] {
                if let owner = names[name], owner != attempt {
                    throw PortError(.conflict, "\(name) belongs to \(owner) and is never used again")
                }
                names[name] = attempt
            }
        case .attemptEnded:
            open = open.filter { $0.value != AttemptID(job: job, number: draft.attempt ?? 0) }
        default: break
        }
    }

    private mutating func open(_ attempt: AttemptID, of actor: ActorID) throws(PortError) {
        if let rival = open[actor] {
            throw PortError(.conflict, "actor \(actor) has an open attempt already (\(rival))")
        }
        open[actor] = attempt
    }
}
