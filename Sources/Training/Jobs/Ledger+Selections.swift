/// What is asked for at every step of the engine, over a history that only grows: followed by the events instead of sought.
extension Ledger {
    /// The newest attempt of each job that is not done yet, in queue order.
    public var openAttempts: [Attempt] { openJobs.all.map { jobs[$0].latest } }

    /// Whether RunPod may be working for us, or for somebody whose job we watch.
    public var isSomethingInFlight: Bool { openJobs.all.contains { jobs[$0].latest.phase.isInFlight } }

    public func openAttempt(of actor: ActorID) -> Attempt? {
        openJobs.all.first { jobs[$0].actor == actor }.map { jobs[$0].latest }
    }

    /// Those that are open, and those that have ended while their books are not whole; in queue order, earlier attempts of a job first.
    public var unsettledAttempts: [Attempt] {
        unsettled.all.map { jobs[$0.job].attempts[$0.attempt] }
    }

    /// To be called after every change of an attempt.
    mutating func noteChange(of attempt: Int, inJobAt index: Int) {
        openJobs.keep(index, if: !jobs[index].isDone)
        unsettled.keep(AttemptPlace(job: index, attempt: attempt), if: !jobs[index].attempts[attempt].isSettled)
    }

    /// Where an attempt stands in `jobs`.
    struct AttemptPlace: Hashable, Comparable, Sendable {
        let job: Int
        let attempt: Int

        static func < (left: AttemptPlace, right: AttemptPlace) -> Bool {
            (left.job, left.attempt) < (right.job, right.attempt)
        }
    }
}

extension Attempt {
    /// Whether it has ended and all that others are to see of it has been written: nothing is left to do for it.
    public var isSettled: Bool {
        guard let ending = phase.ending else { return false }
        if hasVersion, !bookkeeping.versionClosed { return false }
        return ending.outcome != .completed || bookkeeping.modelRecorded
    }

    /// Whether a version of it stands, or should stand, in the actor's list.
    private var hasVersion: Bool { versionID != nil && (order != nil || isAdopted) }
}
