extension Ledger {
    /// Takes in a recorded event. Events come in the order of their numbers; one that is in here already changes nothing.
    public mutating func apply(_ record: EventRecord) {
        guard record.sequence > sequence else { return }
        apply(record.event, job: record.job, attempt: record.attempt, at: record.time)
        sequence = record.sequence
    }

    /// Takes in an event that has no number yet: what the engine decides is tried on a copy before it is committed.
    public mutating func apply(_ event: Event, job: JobID?, attempt: Int?, at time: Timestamp) {
        switch event {
        case .engineStarted: endedCleanly = false
        case .engineStopped: endedCleanly = true
        case .queueHeld(let hold): queue.hold = hold
        case .queueResumed: queue.hold = nil
        case .parallelismSet(let setting): queue.parallelism = setting.value
        case .versionDismissed(let dismissal): dismissed[dismissal.actor, default: []].insert(dismissal.version)
        case .jobQueued(let queued):
            guard let job else { return }
            let first = Attempt(id: AttemptID(job: job, number: 1), actor: queued.actor, queuedAt: time)
            jobs.append(Job(id: job, actor: queued.actor, actorName: queued.name, origin: queued.origin, attempts: [first]))
        case .attemptQueued:
            guard let job, let index = index(of: job) else { return }
            let id = AttemptID(job: job, number: jobs[index].attempts.count + 1)
            jobs[index].attempts.append(Attempt(id: id, actor: jobs[index].actor, queuedAt: time))
        default:
            guard let job, let attempt, let index = index(of: job), jobs[index].attempts.indices.contains(attempt - 1) else {
                return
            }
            jobs[index].attempts[attempt - 1].apply(event, at: time)
        }
    }
}

extension Ledger {
    /// Says up to which number the events in here have been numbered, after drafts were tried and then committed.
    public mutating func numbered(upTo sequence: Int) {
        self.sequence = max(self.sequence, sequence)
    }
}
