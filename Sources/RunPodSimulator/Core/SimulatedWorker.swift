import Training

/// One place for a worker: a GPU that comes up cold, works, stays warm for a minute and is given back.
struct SimulatedWorker: Hashable, Sendable {
    static let warmth = Seconds.minutes(1)

    private(set) var id = ""
    private(set) var isTaken = false
    /// Until when it is warm after its last job.
    private(set) var warmUntil: Timestamp?
    /// When a place whose worker was lost can be used again.
    private(set) var freeAgain: Timestamp?

    var isFree: Bool { !isTaken && freeAgain == nil }
    func isWarm(at now: Timestamp) -> Bool { isFree && (warmUntil.map { $0 > now } ?? false) }

    mutating func take(id: String) {
        self.id = id
        isTaken = true
    }

    mutating func release(at now: Timestamp) {
        isTaken = false
        warmUntil = now + SimulatedWorker.warmth
    }

    /// The worker is gone; its place stays empty for a while, so that its job goes to another one.
    mutating func lose(at now: Timestamp) {
        isTaken = false
        warmUntil = nil
        freeAgain = now + .seconds(90)
    }

    mutating func wake(at now: Timestamp) {
        if let time = freeAgain, time <= now { freeAgain = nil }
    }
}
