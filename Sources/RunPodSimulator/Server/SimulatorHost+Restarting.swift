import Training
import TrainingPorts

/// How a simulator finds back to where it was.
extension SimulatorHost {
    static func replayed(_ inputs: [SimulatorInput], instance: UInt64) -> [String: SimulatedEndpoint] {
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
    static func complete(
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
}
