import JSONText
import Training
import TrainingPorts

/// What the driver asks for, and what the control calls change.
extension SimulatorHost {
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

    /// For the driver: whether the end has come.
    func isOver() -> Bool {
        if isStopping { return true }
        guard configuration.exitWhenIdle, !isBusy, ContinuousClock.now - lastRequest >= configuration.idleTime else {
            return false
        }
        guard configuration.isNeeded() else { return true }
        // As if it had asked: it will, though perhaps in hours.
        noteRequest()
        return false
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
