import AsyncHTTPClient
public import TrainingPorts

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

    let way: TunnelWay
    let port: Int
    let client: HTTPClient
    private let test: OutsideTest
    private let patience: Patience
    private(set) var child = Child.off
    private(set) var canStart = false
    /// What an agent that is still trying has complained of.
    private var fault: String?
    private var health: TunnelHealth
    private let (starts, start) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    /// Ends the agent that runs now.
    private var stop: AsyncStream<Void>.Continuation?

    /// - Parameters:
    ///   - port: where our listener listens.
    ///   - expected: what our listener answers to a nonce, and nobody else.
    public init(
        way: TunnelWay, port: Int, random: any RandomSource, patience: Patience = Patience(),
        expected: @escaping @Sendable (String) -> String
    ) {
        self.way = way
        self.port = port
        self.patience = patience
        health = TunnelHealth(patience: patience.failures)
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        // Nobody there is an answer at once, and not after ten seconds of trying.
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        test = OutsideTest(client: client, random: random, expected: expected)
    }

    /// Owns the agent that is started here, until the task is cancelled.
    public func run() async {
        guard let agent else { return }
        canStart = true
        for await _ in starts {
            let (stops, stop) = AsyncStream.makeStream(of: Void.self)
            self.stop = stop
            let reason = await withTaskGroup(of: String?.self) { group in
                group.addTask { await agent.run { await self.note($0) } }
                group.addTask {
                    for await _ in stops {}
                    return nil
                }
                let reason = await group.next() ?? nil
                group.cancelAll()
                return reason
            }
            self.stop = nil
            child = reason.map { .failed($0) } ?? .off
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
        case .ngrok, .cloudflared: return await throughAgent()
        }
    }

    private func throughAgent() async -> RouteState {
        if case .up(let base) = child { return await ownTunnel(base) }
        let answer = await askRunningAgent()
        if case .tunnel(let base) = answer { return await proven(base, "\(agentName), running already") }
        guard canStart else { return .down(sentence(for: answer)) }
        let deadline = ContinuousClock.now + patience.start
        await startChild(until: deadline)
        switch child {
        case .up(let base): return await firstTest(of: base, until: deadline)
        case .failed(let reason): return .down(reason)
        case .off, .starting: return .down(fault ?? "\(agentName) has not brought the tunnel up in time; it is still trying")
        }
    }

    /// Asks `run()` for an agent, unless one is starting, and waits until it is up, has failed or takes too long.
    private func startChild(until deadline: ContinuousClock.Instant) async {
        if child != .starting {
            (child, fault, health) = (.starting, nil, TunnelHealth(patience: patience.failures))
            start.yield()
        }
        while child == .starting, ContinuousClock.now < deadline, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(50), clock: .continuous)
        }
    }

    /// A name that was made a moment ago may take some seconds to be known.
    private func firstTest(of base: String, until deadline: ContinuousClock.Instant) async -> RouteState {
        while true {
            let state = await ownTunnel(base)
            if case .up = state { return state }
            guard child == .up(base), ContinuousClock.now + patience.pause < deadline, !Task.isCancelled else { return state }
            try? await Task.sleep(for: patience.pause, clock: .continuous)
        }
    }

    /// A tunnel of ours that worked and fails again and again will not come back: its agent is ended, and the next call starts another.
    private func ownTunnel(_ base: String) async -> RouteState {
        let state = await proven(base, "\(agentName), started here")
        guard child == .up(base) else { return state }
        if case .up = state { health.take(isUp: true) } else { health.take(isUp: false) }
        if health.isDead { endChild() }
        return state
    }

    /// Ends the agent that was started here; the next call starts another.
    func endChild() { stop?.finish() }

    /// A fault ends nothing yet: only when the agent has gone may another be started.
    private func note(_ line: AgentLogLine) {
        switch line {
        case .started(let base): (child, fault) = (.up(base), nil)
        case .failed(let reason): fault = reason
        }
    }

    private func proven(_ base: String, _ detail: String) async -> RouteState {
        if let fault = await test.fault(at: base) { return .down(fault) }
        return .up(address: base, detail: detail)
    }
}
