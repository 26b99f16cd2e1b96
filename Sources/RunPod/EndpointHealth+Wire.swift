public import JSONText
public import Training

extension EndpointHealth {
    /// Reads the body of `/health`; missing numbers are 0.
    public init(_ json: JSONValue) {
        func number(_ group: String, _ name: String) -> Int { json[group]?[name]?.int ?? 0 }
        self.init(
            inQueue: number("jobs", "inQueue"), inProgress: number("jobs", "inProgress"), completed: number("jobs", "completed"),
            failed: number("jobs", "failed"), idle: number("workers", "idle"), initializing: number("workers", "initializing"),
            ready: number("workers", "ready"), running: number("workers", "running"), throttled: number("workers", "throttled"),
            unhealthy: number("workers", "unhealthy"))
    }

    /// The body of `/health`.
    /// - Parameter retried: how many jobs the platform gave to a worker again.
    public func json(retried: Int) -> JSONValue {
        [
            "jobs": [
                "completed": .integer(completed), "failed": .integer(failed), "inProgress": .integer(inProgress),
                "inQueue": .integer(inQueue), "retried": .integer(retried),
            ],
            "workers": [
                "idle": .integer(idle), "initializing": .integer(initializing), "ready": .integer(ready),
                "running": .integer(running), "throttled": .integer(throttled), "unhealthy": .integer(unhealthy),
            ],
        ]
    }
}
