/// All that is known for certain: the fold of every recorded event. The engine decides on it and the dashboard draws it.
public struct Ledger: Hashable, Sendable {
    /// In the order in which they were queued.
    public internal(set) var jobs: [Job] = []
    /// The places in `jobs` of those that are not done.
    var openJobs = OrderedPlaces<Int>()
    var unsettled = OrderedPlaces<AttemptPlace>()
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
}
