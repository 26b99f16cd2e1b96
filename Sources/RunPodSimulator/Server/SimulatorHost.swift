import Foundation
import JSONText
import Logging
import Training
import TrainingPorts

/// Owns the simulated endpoints, their clock and their files.
///
/// It never waits inside: what is due has happened before a call is taken, a call that changes something is in the log before it is
/// taken, and what must be done on the network is left for the driver.
actor SimulatorHost {
    let configuration: SimulatorConfiguration
    let wake = WakeSignal()
    private let time = RealTime()
    private var folder: StateFolder
    private var clock: SimulatedClock
    private var endpoints: [String: SimulatedEndpoint] = [:]
    private(set) var accepted: [AcceptedJob]
    private var waiting: [(endpoint: String, call: WebhookCall)] = []
    /// Simulated time never goes back, though a wall clock between two runs may.
    private var latest: Timestamp
    private var lastRequest = ContinuousClock.now
    private(set) var isStopping = false

    init(_ configuration: SimulatorConfiguration) throws(PortError) {
        self.configuration = configuration
        let real = time.now
        let fresh = SimulatedClock(epoch: configuration.start ?? real, realEpoch: real, scale: configuration.timeScale ?? 1)
        folder = try StateFolder(configuration.stateDirectory, fresh: fresh)
        var clock = folder.savedClock() ?? fresh
        if let scale = configuration.timeScale, scale != clock.scale {
            clock = clock.rescaled(to: scale, real: real)
            try folder.save(clock)
        }
        self.clock = clock
        accepted = folder.savedAccepted()
        let inputs = folder.savedInputs()
        latest = max(clock.now(real: real), inputs.last?.time ?? clock.epoch)
        endpoints = SimulatorHost.replayed(inputs, instance: folder.instance)
        for name in endpoints.keys { endpoints[name]?.repeatUnansweredCalls(at: latest) }
        try SimulatorHost.complete(&accepted, from: endpoints, into: folder)
    }

    private static func replayed(_ inputs: [SimulatorInput], instance: UInt64) -> [String: SimulatedEndpoint] {
        var endpoints: [String: SimulatedEndpoint] = [:]
        for input in inputs {
            guard var endpoint = endpoints[input.endpoint] else {
                guard case .settings(let settings) = input.call else { continue }
                endpoints[input.endpoint] = SimulatedEndpoint(name: input.endpoint, instance: instance, settings: settings)
                continue
            }
            // What was to be done outside was done before the next input was written.
            _ = endpoint.advance(to: input.time)
            _ = endpoint.handle(input.call, at: input.time)
            endpoints[input.endpoint] = endpoint
        }
        return endpoints
    }

    /// A kill between the two logs leaves a job that only the first one knows.
    private static func complete(
        _ accepted: inout [AcceptedJob], from endpoints: [String: SimulatedEndpoint], into folder: borrowing StateFolder
    ) throws(PortError) {
        let known = Set(accepted.map(\.id))
        for endpoint in endpoints.values.sorted(by: { $0.name < $1.name }) {
            for job in endpoint.jobs where !known.contains(job.id) {
                let late = job.accepted(by: endpoint.name)
                try folder.append(late)
                accepted.append(late)
            }
        }
    }

    /// Adopts new settings and begins the log anew where no job is left. Before the first call.
    func prepare() throws(PortError) {
        _ = advance()
        let now = latest
        if endpoints.values.allSatisfy({ $0.jobs.isEmpty }) {
            try folder.replaceInputs(
                by: endpoints.values.sorted { $0.name < $1.name }.flatMap { endpoint in
                    [
                        SimulatorInput(time: now, endpoint: endpoint.name, call: .settings(endpoint.settings)),
                        SimulatorInput(
                            time: now, endpoint: endpoint.name, call: .carried(endpoint.counters, faultsUsed: endpoint.plan.used)),
                    ]
                })
        }
        for name in endpoints.keys.sorted() where endpoints[name]?.settings != configuration.settings {
            _ = try take(.settings(configuration.settings), endpoint: name, at: now)
        }
    }

    var now: Timestamp {
        latest = max(latest, clock.now(real: time.now))
        return latest
    }

    var description: SimulatorDescription {
        SimulatorDescription(
            instance: String(folder.instance, radix: 16), now: now, scale: clock.scale,
            modelsDirectory: configuration.modelsDirectory.path(percentEncoded: false),
            pid: Int(ProcessInfo.processInfo.processIdentifier), accepted: accepted.count)
    }

    func noteRequest() { lastRequest = ContinuousClock.now }

    /// Takes a call from outside.
    func answer(_ call: SimulatorCall, endpoint name: String) -> SimulatedReply {
        do {
            let now = advance()
            if endpoints[name] == nil { try open(name, at: now) }
            if let refusal = endpoints[name]?.refusal(of: call, at: now) { return refusal }
            let reply = try take(call, endpoint: name, at: now)
            if let job = reply.accepted {
                accepted.append(job)
                try folder.append(job)
            }
            wake.wake()
            return reply
        } catch {
            configuration.logger.error("\(error)")
            return .refused(500, "the simulator cannot write its state")
        }
    }

    private func open(_ name: String, at now: Timestamp) throws(PortError) {
        try folder.append(SimulatorInput(time: now, endpoint: name, call: .settings(configuration.settings)))
        endpoints[name] = SimulatedEndpoint(name: name, instance: folder.instance, settings: configuration.settings)
    }

    private func take(_ call: SimulatorCall, endpoint name: String, at now: Timestamp) throws(PortError) -> SimulatedReply {
        if call.changes { try folder.append(SimulatorInput(time: now, endpoint: name, call: call)) }
        guard let result = endpoints[name]?.handle(call, at: now) else { return .notFound }
        perform(result.effects, endpoint: name)
        return result.reply
    }

    /// Lets happen what is due.
    private func advance() -> Timestamp {
        let now = now
        for name in endpoints.keys.sorted() {
            guard let effects = endpoints[name]?.advance(to: now) else { continue }
            perform(effects, endpoint: name)
        }
        return now
    }

    private func perform(_ effects: [SimulatorEffect], endpoint: String) {
        for effect in effects {
            switch effect {
            case .call(let call): waiting.append((endpoint, call))
            case .store(let location, let bytes):
                do { try ModelWriter(configuration.modelsDirectory).write(bytes, to: location) } catch {
                    configuration.logger.error("\(error)")
                }
            }
        }
    }

    /// For the driver: what must be called now.
    func due() -> [(endpoint: String, call: WebhookCall)] {
        _ = advance()
        defer { waiting = [] }
        return waiting
    }

    /// For the driver: how long nothing will be due, in real time; nil for ever.
    func pause() -> Duration? {
        let real = time.now
        var ends = endpoints.values.compactMap(\.nextEvent).map { clock.real(of: $0) - real }
        if configuration.exitWhenIdle, !isBusy {
            let rest = configuration.idleTime - (ContinuousClock.now - lastRequest)
            ends.append(Seconds(milliseconds: rest.components.seconds * 1000 + 1000))
        }
        return ends.min().map { .milliseconds(max(1, $0.milliseconds + 1)) }
    }

    private var isBusy: Bool { !waiting.isEmpty || endpoints.values.contains(where: \.isBusy) }

    var isDone: Bool {
        isStopping || (configuration.exitWhenIdle && !isBusy && ContinuousClock.now - lastRequest >= configuration.idleTime)
    }

    func stop() {
        isStopping = true
        wake.wake()
    }

    func rescale(to scale: Double) throws(PortError) {
        try adopt(clock.rescaled(to: scale, real: time.now))
    }

    func skip(_ span: Seconds) throws(PortError) {
        try adopt(clock.skipping(span, real: time.now))
    }

    private func adopt(_ new: SimulatedClock) throws(PortError) {
        try folder.save(new)
        clock = new
        wake.wake()
    }

    func announce(port: Int) throws(PortError) {
        var json = description.json
        json["port"] = .integer(port)
        try folder.announce(["port": .integer(port), "pid": json["pid"] ?? .null, "instance": json["instance"] ?? .null])
    }
}
