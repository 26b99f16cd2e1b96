public import Training

/// What the core wants done outside.
enum SimulatorEffect: Hashable, Sendable {
    /// Writes a model as of a time, which may lie back where the clock has jumped; it may be there already with the same bytes.
    case store(S3Location, [UInt8], at: Timestamp)
    /// Calls a webhook; how it went comes back as an input.
    case call(WebhookCall)
}

struct WebhookCall: Hashable, Sendable {
    let job: String
    let number: Int
    let address: String
    let body: String
}

/// What the core answers to a call, and in what manner.
struct SimulatedReply: Hashable, Sendable {
    var status: Int
    var type = "application/json"
    var body: String
    /// Seconds for `Retry-After`.
    var retryAfter: Int?
    /// Sent some seconds later, in real time.
    var isSlow = false
    /// Not sent: the connection is closed instead.
    var isLost = false
    /// Made before the answer is sent.
    var earlyCalls: [WebhookCall] = []
    /// The job that this submission has created.
    var accepted: AcceptedJob?
}

/// One accepted submission, as the accepted log keeps it.
public struct AcceptedJob: Hashable, Sendable {
    /// When it was accepted, in simulated time.
    public var time: Timestamp
    public var endpoint: String
    public var id: String
    /// Our own request id; empty where the request had none.
    public var request: String
    public var model: String
}
