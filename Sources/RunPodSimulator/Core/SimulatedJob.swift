import JSONText
import Training

/// One job of the simulated endpoint.
struct SimulatedJob: Hashable, Sendable {
    /// Counted from 1 by acceptance.
    let serial: Int
    let id: String
    let request: SimulatedRequest
    let faults: Set<Fault>
    let form: ErrorForm?
    let seed: UInt64
    let submittedAt: Timestamp
    /// Since when it waits: submission, loss of its worker, or a retry. RunPod counts `delayTime` from here.
    var queuedAt: Timestamp
    /// How often the platform gave it to a worker again.
    var retries = 0
    var phase: Phase = .queued
    var delivery: Delivery?

    enum Phase: Hashable, Sendable {
        /// May become `starting`, `running`, `ended`, or be removed at the end of its lifetime.
        case queued
        /// A cold worker is on its way; IN_QUEUE for the outside. May become `running`, `ended` or be removed.
        case starting(worker: Int, ready: Timestamp)
        /// May become `ended`, or `queued` when its worker is lost.
        case running(Run)
        /// May become `queued` by a retry after a failure.
        case ended(End)
    }

    /// A run on a worker, its end decided when it begins.
    struct Run: Hashable, Sendable {
        let worker: Int
        let workerID: String
        let start: Timestamp
        let delay: Seconds
        /// Nil where only a cancellation or the lifetime ends it.
        let finish: Timestamp?
        let outcome: Outcome
    }

    enum Outcome: Hashable, Sendable {
        case completes
        case fails(String, type: String)
        case timesOut(String)
        case losesWorker
    }

    struct End: Hashable, Sendable {
        let at: Timestamp
        let state: RunPodState
        let delay: Seconds?
        let execution: Seconds?
        let output: JSONValue?
        let error: JSONValue?
    }

    /// The calls to the webhook after an end.
    struct Delivery: Hashable, Sendable {
        let endedAt: Timestamp
        /// When the first call is due.
        let first: Timestamp
        var tries = 0
        /// Nil while a call is under way or when all is done.
        var due: Timestamp?
        var isUnderWay = false
        /// How often it shall be called although it was answered.
        var repeats: Int
    }

    /// Chances of this job, for one purpose and one run.
    func chance(_ purpose: UInt64) -> SplitMix64 { SplitMix64([seed, UInt64(serial), UInt64(retries), purpose]) }

    func has(_ fault: Fault) -> Bool { faults.contains(fault) }

    var isOpen: Bool {
        switch phase {
        case .queued, .starting, .running: true
        case .ended: false
        }
    }

    var endOfLife: Timestamp { submittedAt + Seconds(milliseconds: Int64(request.timeToLive)) }
}
