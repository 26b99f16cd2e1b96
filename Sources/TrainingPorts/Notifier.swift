public import Training

/// Something that an operator who is not looking should hear of.
public struct Notice: Hashable, Sendable {
    /// What may be wanted or not; the names are those of `ACTOR_TRAINER_NOTIFY_FOR` and of the JSON that commands and webhooks get.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// A training has ended with its model.
        case done
        /// A training has ended without one and is not tried again by itself.
        case failed
        /// Something waits for the operator: an uncertain submission, a held queue, something missing.
        case needsYou = "needs_you"
        /// The last training of several has ended.
        case batchDone = "batch_done"
    }

    /// The same for the same event, ever: a receiver may know doubles by it.
    public var id: String
    public var kind: Kind
    /// The number of the newest event that it tells of.
    public var sequence: Int
    public var time: Timestamp
    /// A few words; raw text, as `text` is.
    public var title: String
    /// One or more lines.
    public var text: String
    /// Nil where it is about no job, or about several.
    public var job: JobID?
    public var actor: String?
    /// How many pieces of news it stands for.
    public var count: Int
    /// RunPod was a simulator.
    public var isSimulation: Bool

    public init(
        id: String, kind: Kind, sequence: Int, time: Timestamp, title: String, text: String, job: JobID? = nil,
        actor: String? = nil, count: Int = 1, isSimulation: Bool = false
    ) {
        self.id = id
        self.kind = kind
        self.sequence = sequence
        self.time = time
        self.title = title
        self.text = text
        self.job = job
        self.actor = actor
        self.count = count
        self.isSimulation = isSimulation
    }
}

/// One way of telling the operator: a terminal, a program, a message.
public protocol Notifier: Sendable {
    /// What it is called in the log: `the notification command`, `ntfy`.
    var name: String { get }
    /// Tells it, and tries again by itself only where the notice has provably not arrived.
    /// - Throws: `PortError` with a sentence that holds no address and no secret.
    func tell(_ notice: Notice) async throws(PortError)
}
