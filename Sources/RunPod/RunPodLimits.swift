/// What RunPod's documents allow for each user and endpoint, and for how long it keeps things.
/// Source: docs.runpod.io, serverless/endpoints/send-requests and operation-reference, as of August 2026.
public enum RunPodLimits {
    /// How many calls an operation may have in `window`, and how many at once.
    public struct Operation: Hashable, Sendable {
        public let calls: Int
        public let window: Duration
        public let atOnce: Int

        public init(calls: Int, window: Duration = .seconds(10), atOnce: Int) {
            self.calls = calls
            self.window = window
            self.atOnce = atOnce
        }
    }

    public static let run = Operation(calls: 1000, atOnce: 200)
    public static let status = Operation(calls: 2000, atOnce: 400)
    public static let cancel = Operation(calls: 100, atOnce: 20)
    public static let purge = Operation(calls: 2, atOnce: 1)
    /// Nothing is stated for `/retry` and `/health`; they are kept to what `/cancel` may do.
    public static let retry = Operation(calls: 100, atOnce: 20)
    public static let health = Operation(calls: 100, atOnce: 20)
    /// The management API names its limits only in the headers of its answers; what is read here needs far less than one call a second.
    public static let management = Operation(calls: 60, window: .seconds(60), atOnce: 4)

    /// A submission's greatest size in bytes: the documents say 10 MB, RunPod's own command line checks for 10 MiB.
    public static let requestBytes = 10 * 1024 * 1024
    /// Execution time for a submission without `policy.executionTimeout`, in milliseconds: ten minutes, less than any training.
    public static let defaultExecutionTimeout = 600_000
    /// A job's whole life for a submission without `policy.ttl`, in milliseconds.
    public static let defaultTimeToLive = 86_400_000
    /// What `policy.executionTimeout` may be, in milliseconds.
    public static let executionTimeoutRange = 5_000...604_800_000
    /// What `policy.ttl` may be, in milliseconds.
    public static let timeToLiveRange = 10_000...604_800_000
    /// How long a result is kept after the end, in milliseconds; then `/status` answers 404.
    public static let resultRetention = 1_800_000
}
