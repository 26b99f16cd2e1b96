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
        case .queueResumed: (queue.hold, queue.streak) = (nil, nil)
        case .parallelismSet(let setting): queue.parallelism = setting.value
        case .versionDismissed(let dismissal): dismissed[dismissal.actor, default: []].insert(dismissal.version)
        case .markWanted(let mark):
            // A later verdict on the same model takes the earlier one's place.
            wantedMarks.removeAll { $0.actor == mark.actor && $0.version == mark.version }
            wantedMarks.append(mark)
        case .goodMarked(let mark): wantedMarks.removeAll { $0 == mark }
        case .markRefused(let refusal): wantedMarks.removeAll { $0 == refusal.mark }
        case .jobQueued(let queued):
            guard let job else { return }
            let first = Attempt(id: AttemptID(job: job, number: 1), actor: queued.actor, queuedAt: time)
            jobs.append(
                Job(
                    id: job, actor: queued.actor, actorName: queued.name, origin: queued.origin,
                    isOverriding: queued.isOverriding ?? true, attempts: [first]))
            noteChange(of: 0, inJobAt: jobs.count - 1)
        case .attemptQueued(let queued):
            guard let job, let index = index(of: job) else { return }
            let id = AttemptID(job: job, number: jobs[index].attempts.count + 1)
            var next = Attempt(id: id, actor: jobs[index].actor, queuedAt: time, notBefore: queued.notBefore)
            next.isAutomaticRetry = queued.isAutomatic == true
            jobs[index].attempts.append(next)
            noteChange(of: id.number - 1, inJobAt: index)
        default:
            guard let job, let attempt, let index = index(of: job), jobs[index].attempts.indices.contains(attempt - 1) else {
                return
            }
            let wasDone = jobs[index].attempts[attempt - 1].phase.isDone
            jobs[index].attempts[attempt - 1].apply(event, at: time)
            noteChange(of: attempt - 1, inJobAt: index)
            if case .attemptEnded(let ending) = event, !wasDone {
                count(ending, of: jobs[index].attempts[attempt - 1])
                if let run = PastRun(jobs[index].attempts[attempt - 1]) { history.add(run) }
            }
        }
    }

    /// Counts failures of one kind in a row; a model ends the row, a cancel says nothing, and others' jobs are not ours to judge.
    private mutating func count(_ ending: Ending, of attempt: Attempt) {
        guard !attempt.isAdopted else { return }
        guard ending.outcome != .completed else {
            queue.streak = nil
            return
        }
        guard let kind = FailureKind(of: attempt) else { return }
        queue.streak = FailureStreak(kind: kind, count: queue.streak?.kind == kind ? (queue.streak?.count ?? 0) + 1 : 1)
    }
}

extension Ledger {
    /// Says up to which number the events in here have been numbered, after drafts were tried and then committed.
    public mutating func numbered(upTo sequence: Int) {
        self.sequence = max(self.sequence, sequence)
    }
}
