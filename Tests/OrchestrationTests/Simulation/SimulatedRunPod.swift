import Training

/// RunPod as its documents and captures have it: a queue, a few workers, results that live 30 minutes, deletion after `ttl`.
struct SimulatedRunPod {
    struct Job {
        let id: RunPodID
        let request: RequestID?
        let actor: ActorID
        let model: ModelName
        let submittedAt: Int64
        var state: RunPodState = .inQueue
        var startedAt: Int64?
        var executionTime: Int?
        var retries = 0
        /// It failed, and its model is there all the same.
        var leftModel = false
        var error: String?
        /// From then on it answers 404.
        var forgottenAt: Int64
        /// Until then it answers 404.
        var unknownUntil: Int64
        var end: End
        var duration: Int64
    }

    enum End { case completes, fails, timesOut, losesWorker, vanishes }

    static let retention: Int64 = 30 * 60_000

    var jobs: [Job] = []
    var workers = 1
    var queue: [Int] = []
    /// Every body that was accepted, by request id: the bill.
    var accepted: [RequestID: Int] = [:]

    func index(of id: RunPodID) -> Int? { jobs.firstIndex { $0.id == id } }

    /// The job as `/status` tells it; nil is 404.
    func visible(_ id: RunPodID, at now: Int64) -> Job? {
        guard let job = jobs.first(where: { $0.id == id }), now >= job.unknownUntil, now < job.forgottenAt else { return nil }
        return job
    }

    func isAlive(_ job: Job, at now: Int64) -> Bool { !job.state.isFinal && now < job.forgottenAt }
}

/// The Actor Maker project: what each actor's files hold, for us and for another writer.
struct SimulatedProject {
    struct Actor {
        var profile: ActorProfile
        var images: [TrainingImage]
    }

    var actors: [Actor]

    subscript(id: ActorID) -> Actor {
        get { actors[id.rawValue] }
        set { actors[id.rawValue] = newValue }
    }

    init(actors count: Int) {
        actors = (0..<count).map { number in
            let images = (0..<2).map { TrainingImage(filename: "\($0).png", address: "s3://images/\(number)/\($0).png") }
            return Actor(
                profile: ActorProfile(
                    id: ActorID(number), name: "actor \(number)", trainingDataGood: true, images: ImageCount(counting: images)),
                images: images)
        }
    }
}
