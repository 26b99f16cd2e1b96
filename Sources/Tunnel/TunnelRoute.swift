import AsyncHTTPClient
public import TrainingPorts

/// How RunPod shall reach our webhook listener.
public enum TunnelWay: Sendable {
    /// Not at all, with the reason; trainings run on polling alone.
    case none(String)
    /// By an address that leads here already: `ACTOR_TRAINER_PUBLIC_URL`.
    case fixed(String)
    /// By ngrok: an agent that has a tunnel to our port, else one that we start.
    case ngrok(NgrokSettings)
}

/// Brings the way from outside up, and proves each time that it ends at our listener: a tunnel that is up and leads elsewhere is worse
/// than none.
///
/// `run()` must run for the length of the program: it owns an agent that was started here and ends it, and no other, with itself.
/// `shutdown()` must be called before the last reference goes.
public actor TunnelRoute {
    enum Child: Equatable {
        case off, starting
        case up(String)
        case failed(String)
    }

    private let way: TunnelWay
    private let port: Int
    private let client: HTTPClient
    private let test: OutsideTest
    /// How long a new agent may take to bring its tunnel up.
    private let patience: Duration
    private(set) var child = Child.off
    private(set) var canStart = false
    /// What an agent that is still trying has complained of.
    private var fault: String?
    private let (starts, start) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// - Parameters:
    ///   - port: where our listener listens.
    ///   - expected: what our listener answers to a nonce, and nobody else.
    public init(
        way: TunnelWay, port: Int, random: any RandomSource, patience: Duration = .seconds(15),
        expected: @escaping @Sendable (String) -> String
    ) {
        self.way = way
        self.port = port
        self.patience = patience
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        // Nobody there is an answer at once, and not after ten seconds of trying.
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        test = OutsideTest(client: client, random: random, expected: expected)
    }

    /// Owns the agent that is started here, until the task is cancelled.
    public func run() async {
        guard case .ngrok(let settings) = way, let program = settings.program else { return }
        canStart = true
        for await _ in starts {
            let reason = await NgrokProcess(settings: settings).run(program, port: port) { await self.note($0) }
            child = .failed(reason)
        }
        canStart = false
        child = .off
    }

    /// Ends all connections.
    public func shutdown() async {
        // The only error is a second shutdown, which changes nothing.
        try? await client.shutdown()
    }

    /// Brings the way up where it is down, tests it from outside, and tells how it stands.
    public func ensure() async -> RouteState {
        switch way {
        case .none(let reason): return .none(reason)
        case .fixed(let base):
            let trimmed = base.hasSuffix("/") ? String(base.dropLast()) : base
            if let objection = OutsideTest.objection(to: trimmed) { return .down(objection) }
            return await proven(trimmed, "fixed address")
        case .ngrok(let settings): return await ngrok(settings)
        }
    }

    private func ngrok(_ settings: NgrokSettings) async -> RouteState {
        if case .up(let base) = child { return await proven(base, "ngrok, started here") }
        let answer = await NgrokAgent(base: settings.api, client: client).tunnel(to: port)
        if case .tunnel(let base) = answer { return await proven(base, "ngrok, running already") }
        guard canStart, settings.program != nil else { return .down(TunnelRoute.sentence(for: answer, settings.api, port)) }
        await startChild()
        return switch child {
        case .up(let base): await proven(base, "ngrok, started here")
        case .failed(let reason): .down(reason)
        case .off, .starting: .down(fault ?? "ngrok has not brought the tunnel up in time; it is still trying")
        }
    }

    /// Asks `run()` for an agent, unless one is starting, and waits until it is up, has failed or takes too long.
    private func startChild() async {
        if child != .starting {
            (child, fault) = (.starting, nil)
            start.yield()
        }
        let deadline = ContinuousClock.now + patience
        while child == .starting, ContinuousClock.now < deadline, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(50))
        }
    }

    /// A fault ends nothing yet: only when the agent has gone may another be started.
    private func note(_ line: NgrokLogLine) {
        switch line {
        case .started(let base): (child, fault) = (.up(base), nil)
        case .failed(let reason): fault = reason
        }
    }

    private func proven(_ base: String, _ detail: String) async -> RouteState {
        if let fault = await test.fault(at: base) { return .down(fault) }
        return .up(address: base, detail: detail)
    }

    private static func sentence(for answer: AgentAnswer, _ api: String, _ port: Int) -> String {
        switch answer {
        case .unclear: "\(api) answers, but not as an ngrok agent does; set NGROK_API to where yours is"
        case .noneOfOurs:
            "the ngrok agent at \(api) has no tunnel to port \(port); start it with “ngrok http \(port) --inspect=false”"
        case .notRunning, .tunnel: "no ngrok agent answers at \(api); start it with “ngrok http \(port) --inspect=false”"
        }
    }
}
