/// What is known of RunPod's endpoint and account before a training is paid.
public struct EndpointCheck: Hashable, Sendable {
    /// What asking for the endpoint's health came to.
    public enum Health: Hashable, Sendable {
        case known(EndpointHealth)
        /// No key, or no endpoint, is set; the names are those of the variables.
        case unset([String])
        /// 401 or 403.
        case refused(String)
        /// 404.
        case notFound(String)
        case failed(String)
        /// There is no way to ask, as through a foreign server.
        case notChecked(String)
    }

    /// How the endpoint is set up; what RunPod does not tell is nil.
    public struct Limits: Hashable, Sendable {
        /// `workers.max`: RunPod cuts it to 0 after a week without requests.
        public var mostWorkers: Int?
        /// The execution limit of a job that names none; nil where RunPod's own ten minutes hold.
        public var executionTimeout: Seconds?

        public init(mostWorkers: Int?, executionTimeout: Seconds?) {
            self.mostWorkers = mostWorkers
            self.executionTimeout = executionTimeout
        }
    }

    public var endpoint: String
    public var health: Health
    public var limits: Checked<Limits>
    /// US dollars.
    public var balance: Checked<Double>
    /// Whether our own limits reach RunPod with each training.
    public var carriesLimits: Bool
    /// RunPod is a simulator, which starts workers when they are needed.
    public var isSimulated: Bool

    public init(
        endpoint: String, health: Health, limits: Checked<Limits>, balance: Checked<Double>, carriesLimits: Bool,
        isSimulated: Bool = false
    ) {
        self.endpoint = endpoint
        self.health = health
        self.limits = limits
        self.balance = balance
        self.carriesLimits = carriesLimits
        self.isSimulated = isSimulated
    }

    /// - Parameter expectation: the longest training that is to run, and the cost of all of them.
    public func check(longest expectation: Expectation, cost: Double?) -> [Finding] {
        let reached = reach
        guard reached.errors.isEmpty else { return reached }
        return reached + workers + timeout(expectation) + money(cost)
    }

    private var workers: [Finding] {
        let raise = "raise max workers above 0 in the endpoint's settings at runpod.io/console/serverless"
        if case .known(let limits) = limits, let most = limits.mostWorkers {
            guard most > 0 else {
                return [
                    .error(
                        "runpod.workers",
                        "the endpoint \(endpoint) may start no worker (max workers is 0, as RunPod makes it after a week without requests)",
                        remedy: raise)
                ]
            }
            return [.ok("runpod.workers", "up to \(most) worker\(most == 1 ? "" : "s")")]
        }
        guard case .known(let health) = health else { return [] }
        let alive = health.idle + health.initializing + health.ready + health.running
        if alive == 0, isSimulated { return [.ok("runpod.workers", "workers are started when a training comes")] }
        if alive > 0 { return [.ok("runpod.workers", "\(max(health.ready, health.idle + health.running)) workers ready")] }
        if health.throttled > 0 {
            return [
                .warning(
                    "runpod.workers", "all \(health.throttled) workers of \(endpoint) are throttled: RunPod has no such GPU free",
                    remedy: "wait, or allow more GPU types in the endpoint's settings")
            ]
        }
        return [
            .warning(
                "runpod.workers",
                "the endpoint \(endpoint) has no worker at all, so that a training would wait\(health.inQueue > 0 ? " behind \(health.inQueue)" : "")",
                remedy: raise)
        ]
    }

    private func timeout(_ expectation: Expectation) -> [Finding] {
        guard case .known(let limits) = limits else {
            guard case .notChecked(let reason) = limits else { return [] }
            guard !carriesLimits else {
                return [
                    .skipped(
                        "runpod.timeout",
                        "the endpoint's workers.max and timeout are not known (\(reason)); our limit is sent along")
                ]
            }
            return [
                .warning(
                    "runpod.timeout", "no limit of ours reaches RunPod this way, and the endpoint's is not known (\(reason))",
                    remedy:
                        "set RUNPOD_API_KEY here, or give the endpoint an execution timeout of \(expectation.executionTimeout.wholeMinutes) minutes"
                )
            ]
        }
        let minutes = limits.executionTimeout ?? .minutes(10)
        guard minutes < expectation.duration else {
            return [.ok("runpod.timeout", "the endpoint's limit is \(minutes.wholeMinutes) minutes")]
        }
        // Most endpoints are made without one; ours is sent with each training.
        if limits.executionTimeout == nil, carriesLimits {
            return [.note("runpod.timeout", "the endpoint has no execution timeout of its own; ours is sent with each training")]
        }
        let sentence =
            "the endpoint's execution timeout is \(minutes.wholeMinutes) minutes, and a training takes about \(expectation.duration.wholeMinutes)"
        let remedy =
            "set it to \(expectation.executionTimeout.wholeMinutes) minutes in the endpoint's settings at runpod.io/console/serverless"
        return [
            carriesLimits
                ? .warning(
                    "runpod.timeout", "\(sentence); ours is sent along, and anything that sends none is cut off", remedy: remedy)
                : .error("runpod.timeout", sentence, remedy: remedy)
        ]
    }

    private func money(_ cost: Double?) -> [Finding] {
        guard case .known(let balance) = balance else {
            guard case .notChecked(let reason) = balance else { return [] }
            return [.skipped("runpod.balance", "the balance is not known: \(reason)")]
        }
        let has = "the balance is \(EndpointCheck.dollars(balance))"
        if balance <= 0 || cost.map({ balance < $0 }) == true {
            let needs = cost.map { " and \(EndpointCheck.dollars($0)) is needed" } ?? ""
            return [
                Finding(
                    .error, "runpod.balance", "\(has)\(needs)", remedy: "add funds at runpod.io/console/user/billing",
                    isRefusal: true)
            ]
        }
        // A platform re-dispatch is a second paid run.
        if let cost, balance < cost * 2 {
            return [
                .warning(
                    "runpod.balance", "\(has), which one training done twice by RunPod would use up",
                    remedy: "add funds at runpod.io/console/user/billing")
            ]
        }
        return [.ok("runpod.balance", has)]
    }

    static func dollars(_ value: Double) -> String {
        let cents = Int((value * 100).rounded(.down))
        return "$\(cents / 100).\(abs(cents % 100) < 10 ? "0" : "")\(abs(cents % 100))"
    }
}
