public import JSONText
public import Training
public import TrainingPorts

/// A desk that answers what it is told to, and keeps what it was asked.
public actor FakeDesk: TrainingDesk {
    public private(set) var asked: [String] = []
    public private(set) var bodies: [JSONValue] = []
    private let start: DeskAnswer
    private let status: StatusAnswer
    private let cancel: CancelAnswer

    public init(
        start: DeskAnswer = .started(RunPodID("job-1-e1"), .inQueue), status: StatusAnswer = .notFound("job not found"),
        cancel: CancelAnswer = .taken(RunPodObservation(state: .cancelled))
    ) {
        self.start = start
        self.status = status
        self.cancel = cancel
    }

    public func start(_ body: JSONValue) -> DeskAnswer {
        bodies.append(body)
        return start
    }

    public func status(of job: RunPodID) -> StatusAnswer {
        asked.append("status \(job)")
        return status
    }

    public func cancel(_ job: RunPodID) -> CancelAnswer {
        asked.append("cancel \(job)")
        return cancel
    }

    public func retry(_ job: RunPodID) -> DeskAnswer {
        asked.append("retry \(job)")
        return start
    }

    public func webhookHint(_ job: RunPodID) { asked.append("hint \(job)") }
}

/// A tunnel that is up once it was started.
public actor FakeTunnel: TunnelControl {
    private var running = false
    private let fault: PortError?

    public init(fault: PortError? = nil) { self.fault = fault }

    public func status() -> TunnelStatus {
        running ? TunnelStatus(running: true, url: "https://invented.ngrok.app", port: 4321) : TunnelStatus(running: false)
    }

    public func start() throws(PortError) -> TunnelStatus {
        if let fault { throw fault }
        running = true
        return status()
    }

    public func stop() { running = false }
}
