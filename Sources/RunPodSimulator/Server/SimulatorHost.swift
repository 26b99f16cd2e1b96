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
    let time = RealTime()
    var folder: StateFolder
    var clock: SimulatedClock
    var endpoints: [String: SimulatedEndpoint] = [:]
    private(set) var accepted: [AcceptedJob]
    var waiting: [(endpoint: String, call: WebhookCall)] = []
    /// Simulated time never goes back, though a wall clock between two runs may.
    var latest: Timestamp
    var lastRequest = ContinuousClock.now
    var isStopping = false

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

    var now: Timestamp {
        latest = max(latest, clock.now(real: time.now))
        return latest
    }

    var description: SimulatorDescription {
        var description = SimulatorDescription(
            instance: String(folder.instance, radix: 16), now: now, scale: clock.scale,
            modelsDirectory: configuration.modelsDirectory.path(percentEncoded: false),
            pid: Int(ProcessInfo.processInfo.processIdentifier), accepted: accepted.count)
        description.forbidsBucket = configuration.settings.has(.bucketForbidden)
        return description
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

    func take(_ call: SimulatorCall, endpoint name: String, at now: Timestamp) throws(PortError) -> SimulatedReply {
        if call.changes { try folder.append(SimulatorInput(time: now, endpoint: name, call: call)) }
        guard let result = endpoints[name]?.handle(call, at: now) else { return .notFound }
        perform(result.effects, endpoint: name)
        return result.reply
    }

    /// Lets happen what is due.
    func advance() -> Timestamp {
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
            case .store(let location, let bytes, let time):
                do { try ModelWriter(configuration.modelsDirectory).write(bytes, to: location, at: time) } catch {
                    configuration.logger.error("\(error)")
                }
            }
        }
    }
}
