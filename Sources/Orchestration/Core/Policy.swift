public import Training

/// The engine's own numbers: how often it asks, how long it waits, when it gives up. All times are engine time.
public struct Policy: Hashable, Sendable {
    /// Between two questions about a job that goes on.
    public var pollInterval: Seconds = .seconds(30)
    /// The first questions come sooner: a job that fails at once should be seen at once.
    public var earlyPolls: [Seconds] = [.seconds(2), .seconds(5), .seconds(10), .seconds(15)]
    /// The longest pause between two tries after errors; it doubles up to here.
    public var longestPause: Seconds = .minutes(5)
    /// The first pause after an error.
    public var firstPause: Seconds = .seconds(5)
    /// So long after its acceptance a job that RunPod does not know is not there *yet*.
    public var notFoundGrace: Seconds = .minutes(2)
    /// So many answers of 404 in a row, after the grace, mean that RunPod does not know a job under its id.
    public var notFoundLimit = 3
    /// So long RunPod keeps the result of a job that was sent with `/run` (its documents). One that was seen open later than that and
    /// answers 404 cannot have been dropped in the normal way.
    public var resultRetention: Seconds = .minutes(30)
    /// Between two questions about a job that RunPod does not know, and two looks for its model.
    public var gonePollInterval: Seconds = .minutes(5)
    /// How long somebody else's job may go on, whose limits nobody here knows: RunPod's default lifetime of a job.
    public var foreignLifetime: Seconds = .hours(24)
    /// The longest limit that RunPod takes in a request's `policy` (its documents).
    public var longestLimit: Seconds = .hours(7 * 24)
    /// Between two cancels of one job, until RunPod says that it has ended.
    public var cancelInterval: Seconds = .seconds(10)
    /// How often a model is looked for after RunPod said completed, before its absence is a failure.
    public var modelLooks = 5
    /// Between two looks for a model that should be there.
    public var modelInterval: Seconds = .seconds(15)
    /// Between two readings of the endpoint, and two looks for a trace of an uncertain submission, while something runs.
    public var surroundingsInterval: Seconds = .minutes(2)
    /// So long after the last training has ended the endpoint is read once more: then its worker is free, and nobody will ask again.
    public var healthAfterEnd: Seconds = .seconds(20)
    /// How often that last reading is tried.
    public var lastHealthTries = 3
    /// Between two tests of the webhook's way from outside while something runs.
    public var routeInterval: Seconds = .minutes(5)
    /// The same while that way is down.
    public var brokenRouteInterval: Seconds = .minutes(1)
    /// In place of `pollInterval` for jobs whose webhook cannot be counted on.
    public var quickPollInterval: Seconds = .seconds(10)
    /// No pause before another try is longer, whatever an answer asks for; one that seems longer comes from a clock that was wrong.
    public var longestWait: Seconds = .hours(1)
    /// How often a job is tried again by itself when its worker was lost or none took it; 0 turns that off.
    public var automaticRetries = 2
    /// The pause before the first try by itself; it grows fivefold with each.
    public var firstRetryPause: Seconds = .minutes(1)
    /// How old a version must be before RunPod's 404 is believed of a job that somebody else started.
    public var foreignGrace: Seconds = .minutes(10)
    /// How many of others' jobs are asked for at once.
    public var foreignAtOnce = 4
    /// So long after something was written for an attempt that has ended it is looked for once more.
    public var confirmationTime: Seconds = .minutes(10)
    /// So often what was written and has vanished is written again; then somebody else must mend it.
    public var repairLimit = 6
    /// The largest body that RunPod's `/run` takes, in bytes.
    public var payloadLimit = 10 * 1024 * 1024
    /// US dollars for each second of execution; nil where no price is known.
    public var pricePerSecond: Double?
    /// Whether the operator said so: then it counts for estimates, whatever RunPod's prices are.
    public var isPriceSet = false
    /// How much may be spent; beyond it the queue is held.
    public var budget = Budget()
    /// Whether RunPod's management API can be asked for GPUs, prices, the balance and workers' logs.
    public var managesEndpoint = false
    /// Nothing that changes anything is done.
    public var isReadOnly = false
    /// Whether queued jobs are submitted; a command that only cancels or resolves starts nothing.
    public var submits = true

    public init() {}

    /// The policy for a clock that runs `scale` times as fast: waiting times are engine time and shrink by themselves, but nothing is
    /// asked more often than twice a real second.
    public static func scaled(by scale: Double) -> Policy {
        var policy = Policy()
        let floor = Seconds(0.5 * scale)
        policy.pollInterval = max(policy.pollInterval, floor)
        policy.gonePollInterval = max(policy.gonePollInterval, floor)
        policy.cancelInterval = max(policy.cancelInterval, floor)
        policy.modelInterval = max(policy.modelInterval, floor)
        policy.healthAfterEnd = max(policy.healthAfterEnd, floor)
        policy.surroundingsInterval = max(policy.surroundingsInterval, floor * 4)
        policy.routeInterval = max(policy.routeInterval, floor * 4)
        policy.brokenRouteInterval = max(policy.brokenRouteInterval, floor * 4)
        policy.quickPollInterval = max(policy.quickPollInterval, floor)
        return policy
    }

    /// The pause after so many errors in a row: doubling from the first to the longest.
    func pause(afterFailures count: Int) -> Seconds {
        var pause = firstPause
        for _ in 1..<max(1, count) where pause < longestPause { pause = pause * 2 }
        return min(pause, longestPause)
    }

    /// The pause that an answer asked for, within reason: 0 would make a busy loop of it.
    func pause(askedFor seconds: Seconds) -> Seconds { min(max(seconds, .seconds(1)), longestWait) }

    /// When a job is asked for again after so many answers.
    /// - Parameter isWebhookDoubtful: nobody may tell us when it ends.
    func pollPause(afterAnswers count: Int, isWebhookDoubtful: Bool = false) -> Seconds {
        if count < earlyPolls.count { return earlyPolls[count] }
        return isWebhookDoubtful ? min(pollInterval, quickPollInterval) : pollInterval
    }
}
