/// All that is known for certain: the fold of every recorded event. The engine decides on it and the dashboard draws it.
public struct Ledger: Hashable, Sendable {
    /// In the order in which they were queued.
    public internal(set) var jobs: [Job] = []
    /// The places in `jobs` of those that are not done, in order. The engine asks for them at every step, over a history that only grows.
    private(set) var openPlaces: [Int] = []
    public internal(set) var queue = Queue()
    /// The number of the newest event in here; 0 when there is none.
    public internal(set) var sequence = 0
    /// Pending versions of others that the operator dismissed, by actor.
    public internal(set) var dismissed: [ActorID: Set<String>] = [:]
    /// Verdicts that were given and that the project has neither taken nor refused yet, in the order in which they were given.
    public internal(set) var wantedMarks: [GoodMark] = []
    /// What our completed trainings teach about the next.
    public internal(set) var history = RunHistory()
    /// Whether the newest run of the engine has said goodbye.
    public internal(set) var endedCleanly = true

    public init() {}

    /// Whether and how fast the queue moves.
    public struct Queue: Hashable, Sendable {
        /// Why nothing new is submitted; nil while the queue moves.
        public internal(set) var hold: Hold?
        /// How many trainings may run at once.
        public internal(set) var parallelism = 1
        /// The newest failures in a row that were of one kind; nil after a success and after the queue was resumed.
        public internal(set) var streak: FailureStreak?
    }

    public subscript(id: JobID) -> Job? {
        guard let index = index(of: id) else { return nil }
        return jobs[index]
    }

    public subscript(id: AttemptID) -> Attempt? {
        self[id.job]?.attempts.first { $0.id == id }
    }

    /// Ids are given in order from 1, so the place is known.
    func index(of id: JobID) -> Int? {
        let index = id.number - 1
        return jobs.indices.contains(index) && jobs[index].id == id ? index : nil
    }

    public var nextJob: JobID { JobID(jobs.count + 1) }

    /// The newest attempt of each job that is not done yet, in queue order.
    public var openAttempts: [Attempt] {
        openPlaces.map { jobs[$0].latest }
    }

    /// Whether RunPod may be working for us, or for somebody whose job we watch.
    public var isSomethingInFlight: Bool {
        openPlaces.contains { jobs[$0].latest.phase.isInFlight }
    }

    public func openAttempt(of actor: ActorID) -> Attempt? {
        openPlaces.first { jobs[$0].actor == actor }.map { jobs[$0].latest }
    }

    /// To be called after every change of a job.
    mutating func noteWhetherOpen(_ index: Int) {
        let isOpen = !jobs[index].isDone
        switch (openPlaces.firstIndex(of: index), isOpen) {
        case (nil, true): openPlaces.insert(index, at: openPlaces.firstIndex { $0 > index } ?? openPlaces.endIndex)
        case (let place?, false): openPlaces.remove(at: place)
        case (nil, false), (_?, true): break
        }
    }
}
