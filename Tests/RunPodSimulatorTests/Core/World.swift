import JSONText
import Training

@testable import RunPodSimulator

/// A simulated endpoint with a clock that a test moves, and what it wanted done outside.
struct World {
    var endpoint: SimulatedEndpoint
    var now = Timestamp(milliseconds: 1_800_000_000_000)
    var models: [String: [UInt8]] = [:]
    var calls: [(at: Timestamp, call: WebhookCall)] = []
    /// What the receiver of webhooks answers.
    var takesCalls = true

    init(_ faults: String..., workers: Int = 3, seed: UInt64 = 7) throws {
        let orders = try faults.map { try FaultOrder(parsing: $0) }
        endpoint = SimulatedEndpoint(
            name: "ep", instance: 42, settings: SimulatorSettings(seed: seed, workers: workers, faults: orders))
    }

    static func order(
        _ model: String = "actor_0019_V7", request: String? = nil, steps: Int = 1000, webhook: String? = nil,
        policy: JSONValue? = nil
    ) -> JSONValue {
        var body: JSONValue = [
            "input": [
                "workflow": [
                    "4": ["class_type": "FluxTrainLoop", "inputs": ["steps": .integer(steps)]],
                    "107": [
                        "class_type": "InitFluxLoRATraining",
                        "inputs": ["network_dim": 16, "network_alpha": 8, "learning_rate": .number("0.00025")],
                    ],
                ],
                "training_data": ["s3_urls": ["s3://bucket/a.jpg"]],
                "training_config": [
                    "mode": "custom-actors", "user_id": "actor_maker_user", "tenant_id": "actor_maker",
                    "request_id": .string(request ?? "request_of_\(model)"), "model_name": .string(model),
                ],
            ]
        ]
        body["policy"] = policy ?? ["executionTimeout": 7_200_000, "ttl": 36_000_000]
        body["webhook"] = webhook.map(JSONValue.string)
        return body
    }

    mutating func pass(_ span: Seconds) {
        let end = now + span
        while let next = endpoint.nextEvent, next <= end {
            now = max(now, next)
            perform(endpoint.advance(to: now))
        }
        now = end
        perform(endpoint.advance(to: now))
    }

    @discardableResult
    mutating func call(_ call: SimulatorCall) -> SimulatedReply {
        perform(endpoint.advance(to: now))
        let result = endpoint.handle(call, at: now)
        perform(result.effects)
        return result.reply
    }

    private mutating func perform(_ effects: [SimulatorEffect]) {
        for effect in effects {
            switch effect {
            case .store(let location, let bytes, _): models[location.description] = bytes
            case .call(let call):
                calls.append((now, call))
                _ = endpoint.handle(.webhookAnswered(job: call.job, number: call.number, taken: takesCalls), at: now)
            }
        }
    }

    mutating func submit(_ body: JSONValue = World.order()) throws -> String {
        try JSONValue(parsing: call(.run(body)).body)["id"]?.string ?? ""
    }

    mutating func status(_ id: String) throws -> JSONValue { try JSONValue(parsing: call(.status(id)).body) }
    mutating func state(_ id: String) throws -> String? { try status(id)["status"]?.string }

    /// Lets time pass until the job has that state, for at most twelve hours.
    mutating func pass(until id: String, is word: String) throws -> Bool {
        for _ in 0..<720 {
            if try state(id) == word { return true }
            pass(.minutes(1))
        }
        return false
    }
}
