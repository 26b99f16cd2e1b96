import EngineAPI
import Training
import TrainingPorts

extension Turn {
    mutating func castRead(_ result: Result<Cast, PortError>) {
        runtime.castDue = now + policy.pollInterval
        switch result {
        case .success(let cast):
            let isFirst = runtime.cast.asOf == nil
            if isFirst { for note in cast.notes { log(note) } }
            runtime.cast = CastReading(actors: cast.actors, asOf: now)
            bindByVersions()
            confirmBooks()
            noteForeignJobs()
        case .failure(let error):
            // The last good reading stays, marked with its age: never “0 actors” because a server is down.
            if runtime.cast.fault != error.message { log("the actors could not be read: \(error.message)", .warning) }
            runtime.cast.fault = error.message
        }
        readings.append(.cast(runtime.cast))
    }

    /// Somebody begins to look: what they see should not be old. With nothing open it is not read again by itself.
    mutating func attached() {
        if let asOf = runtime.cast.asOf, now - asOf > policy.pollInterval { start(.readCast) }
        if let asOf = runtime.health?.asOf, now - asOf > policy.pollInterval { start(.readHealth) }
    }

    mutating func healthRead(_ answer: HealthAnswer) {
        runtime.healthDue = now + policy.surroundingsInterval
        let reading: HealthReading
        switch answer {
        case .known(let health): reading = HealthReading(health: health, asOf: now)
        case .refused(let text), .notFound(let text): reading = lastHealth(fault: text, isRefused: true)
        case .failed(let text): reading = lastHealth(fault: text, isRefused: false)
        case .notSupported: reading = HealthReading(health: nil, asOf: now, fault: "not known through this server")
        }
        if reading.fault != nil, reading.fault != runtime.health?.fault { log("endpoint: \(reading.fault ?? "")", .warning) }
        if case .failed = answer, runtime.lastHealthDue == nil, (1..<policy.lastHealthTries).contains(runtime.lastHealthTries) {
            runtime.lastHealthDue = now + policy.pause(afterFailures: runtime.lastHealthTries)
        }
        runtime.health = reading
        readings.append(.health(reading))
    }

    /// The last good one, with why there is no newer one.
    private func lastHealth(fault: String, isRefused: Bool) -> HealthReading {
        HealthReading(
            health: runtime.health?.health, asOf: runtime.health?.asOf ?? now, fault: fault, isRefused: isRefused)
    }
}
