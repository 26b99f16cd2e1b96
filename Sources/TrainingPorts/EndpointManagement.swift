public import JSONText
public import Training

/// RunPod's management API for one endpoint, and the account behind it. Reads only. No call throws.
public protocol EndpointManagement: Sendable {
    /// The endpoint's own settings.
    func endpointFacts() async -> ManagementAnswer<EndpointFacts>
    /// The endpoint's workers; a job's is found by the id that `/status` names.
    func workers() async -> ManagementAnswer<[WorkerFacts]>
    /// What GPUs cost, without a time: the client has no clock.
    func prices() async -> ManagementAnswer<PriceCatalogue>
    func account() async -> ManagementAnswer<AccountFacts>
    /// What was billed for the endpoint in the newest days, a record an hour or a day; there is no bill for a job.
    func bills(days: Int) async -> ManagementAnswer<[BillRecord]>
    /// Hands over a worker's log lines in order, gathered for about a second, and goes on after an interruption where it was, until the
    /// worker is gone or the task is cancelled; what was gathered by then is still handed over. No more than a few hundred lines are read
    /// ahead of `take`.
    /// - Parameter last: the id of the last line that is known already; nil for the newest few hundred.
    func followLog(of worker: String, after last: String?, _ take: @Sendable ([WorkerLogLine]) async -> Void) async -> LogEnd
}

/// A value that was asked for, or why there is none; each reason is a sentence without a key.
public enum ManagementAnswer<Value: Hashable & Sendable>: Hashable, Sendable {
    case known(Value)
    /// 401 or 403: the key is wrong or may not do this.
    case refused(String)
    case notFound(String)
    case throttled(String, retryAfter: Seconds?)
    case failed(String)

    public var value: Value? { if case .known(let value) = self { value } else { nil } }

    /// Why there is no value; nil where there is one.
    public var fault: String? {
        switch self {
        case .known: nil
        case .refused(let words), .notFound(let words), .throttled(let words, _), .failed(let words): words
        }
    }
}

/// An endpoint as its owner set it up. What is not named here stays in `raw`.
public struct EndpointFacts: Hashable, Sendable {
    public var id: String
    public var name: String?
    /// `QUEUE` or `LOAD_BALANCER`, or a word that is not known yet.
    public var type: String?
    /// The pools that its workers may come from: `ADA_24`.
    public var pools: [String]
    /// GPUs of one worker, at least 1.
    public var gpuCount: Int
    public var leastWorkers: Int?
    /// 0 means that no job is ever taken; RunPod sets it so after a week without requests.
    public var mostWorkers: Int?
    public var idleTimeout: Seconds?
    /// The execution limit of a job that names none; nil where RunPod's own ten minutes hold (it answers 0 then).
    public var executionTimeout: Seconds?
    public var raw: JSONValue

    public init(
        id: String, name: String? = nil, type: String? = nil, pools: [String] = [], gpuCount: Int = 1, leastWorkers: Int? = nil,
        mostWorkers: Int? = nil, idleTimeout: Seconds? = nil, executionTimeout: Seconds? = nil, raw: JSONValue = .null
    ) {
        self.id = id
        self.name = name
        self.type = type
        self.pools = pools
        self.gpuCount = max(1, gpuCount)
        self.leastWorkers = leastWorkers
        self.mostWorkers = mostWorkers
        self.idleTimeout = idleTimeout
        self.executionTimeout = executionTimeout
        self.raw = raw
    }
}
