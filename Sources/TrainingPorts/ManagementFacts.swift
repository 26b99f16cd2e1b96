public import JSONText
public import Training

/// One worker of an endpoint. What is not named here stays in `raw`.
public struct WorkerFacts: Hashable, Sendable {
    public var id: String
    /// RunPod's word: `RUNNING`, `IDLE`, `INITIALIZING`, `THROTTLED`, `UNHEALTHY`, or one that is not known yet.
    public var status: String?
    /// RunPod's id of its GPU: `NVIDIA GeForce RTX 4090`.
    public var gpu: String?
    public var dataCenter: String?
    public var startedAt: Timestamp?
    public var uptime: Seconds?
    /// It runs an older release of the endpoint.
    public var isStale: Bool
    public var image: String?
    public var raw: JSONValue

    public init(
        id: String, status: String? = nil, gpu: String? = nil, dataCenter: String? = nil, startedAt: Timestamp? = nil,
        uptime: Seconds? = nil, isStale: Bool = false, image: String? = nil, raw: JSONValue = .null
    ) {
        self.id = id
        self.status = status
        self.gpu = gpu
        self.dataCenter = dataCenter
        self.startedAt = startedAt
        self.uptime = uptime
        self.isStale = isStale
        self.image = image
        self.raw = raw
    }
}

/// The account's money. Who it belongs to is not kept.
public struct AccountFacts: Hashable, Sendable {
    public var balance: Money
    /// What all of the account burns an hour, pods too.
    public var spendPerHour: Money?
    /// The most that the account may burn an hour.
    public var spendLimit: Money?

    public init(balance: Money, spendPerHour: Money? = nil, spendLimit: Money? = nil) {
        self.balance = balance
        self.spendPerHour = spendPerHour
        self.spendLimit = spendLimit
    }
}

/// What was billed for an endpoint in a stretch of time.
public struct BillRecord: Hashable, Sendable {
    public var start: Timestamp
    public var end: Timestamp?
    public var total: Money
    public var gpu: Money?
    public var disk: Money?
    /// A platform fee, which no page of prices mentions.
    public var fee: Money?

    public init(start: Timestamp, end: Timestamp?, total: Money, gpu: Money? = nil, disk: Money? = nil, fee: Money? = nil) {
        self.start = start
        self.end = end
        self.total = total
        self.gpu = gpu
        self.disk = disk
        self.fee = fee
    }
}

/// One line that a worker wrote.
public struct WorkerLogLine: Hashable, Sendable {
    /// Where to go on after it.
    public var id: String?
    /// `container` or `system`, or a word that is not known yet.
    public var source: String?
    /// When it was written, by RunPod's clock.
    public var time: Timestamp?
    /// Raw, with carriage returns and whatever else came.
    public var line: String

    public init(id: String?, source: String?, time: Timestamp?, line: String) {
        self.id = id
        self.source = source
        self.time = time
        self.line = line
    }
}

/// Why a log is followed no longer.
public enum LogEnd: Hashable, Sendable {
    /// The worker is not there, or not any more.
    case gone
    case cancelled
    /// The key may not read it; trying again is of no use.
    case refused(String)
}
