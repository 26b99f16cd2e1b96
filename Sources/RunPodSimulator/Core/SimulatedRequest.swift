import JSONText
import RunPod
import Training

/// A submission as the platform and the worker read it.
struct SimulatedRequest: Hashable, Sendable {
    let input: JSONValue
    let webhook: String?
    /// Milliseconds.
    let executionTimeout: Int
    /// Milliseconds.
    let timeToLive: Int

    /// - Throws: `Refusal` with what the API says to a request that it does not take.
    init(body: JSONValue) throws(Refusal) {
        guard body.object != nil else { throw Refusal("the body must be a JSON object") }
        guard let input = body["input"], input.object?.members.isEmpty == false else {
            throw Refusal("input is required and must not be empty")
        }
        self.input = input
        webhook = body["webhook"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        executionTimeout = try SimulatedRequest.limit(
            body["policy"]?["executionTimeout"], "executionTimeout", RunPodLimits.defaultExecutionTimeout,
            RunPodLimits.executionTimeoutRange)
        timeToLive = try SimulatedRequest.limit(
            body["policy"]?["ttl"], "ttl", RunPodLimits.defaultTimeToLive, RunPodLimits.timeToLiveRange)
    }

    struct Refusal: Error {
        let words: String
        init(_ words: String) { self.words = words }
    }

    private static func limit(
        _ json: JSONValue?, _ name: String, _ standard: Int, _ range: ClosedRange<Int>
    ) throws(Refusal) -> Int {
        guard let json, json != .null else { return standard }
        guard let value = json.int, range.contains(value) else {
            throw Refusal("policy.\(name) must be a number of milliseconds from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    private var config: JSONValue? { input["training_config"] }
    var requestID: String? { config?["request_id"]?.string }
    var modelName: String { config?["model_name"]?.string ?? "" }
    var userID: String { config?["user_id"]?.string ?? "actor_maker_user" }
    var tenantID: String { config?["tenant_id"]?.string ?? "actor_maker" }
    var mode: String { config?["mode"]?.string ?? "custom-actors" }

    /// Inputs of all nodes of a class, in the workflow's order.
    private func nodes(_ name: String) -> [JSONValue] {
        (input["workflow"]?.object?.members ?? []).filter { $0.value["class_type"]?.string == name }.compactMap {
            $0.value["inputs"]
        }
    }

    /// The loops' steps in a chain add up, and stop at the network's `max_train_steps`.
    var steps: Int {
        let sum = nodes("FluxTrainLoop").compactMap { $0["steps"]?.int }.reduce(0, +)
        return max(1, min(sum, network?["max_train_steps"]?.int ?? sum))
    }

    private var network: JSONValue? { nodes("InitFluxLoRATraining").first }
    var rank: Int { min(128, max(1, network?["network_dim"]?.int ?? 16)) }
    var alpha: Double { network?["network_alpha"]?.double ?? 8 }
    var learningRate: String { network?["learning_rate"].map { $0.text() } ?? "None" }
    var images: Int { input["training_data"]?["s3_urls"]?.array?.count ?? 0 }

    /// What the worker finds wrong once it has the job, so that the training fails at its start; nil where it can begin.
    var complaint: String? {
        if nodes("FluxTrainLoop").isEmpty { return "the workflow has no node of class FluxTrainLoop" }
        if images == 0 { return "No data found: training_data.s3_urls is empty" }
        let name = modelName
        let isPlain = name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || [0x2D, 0x2E, 0x5F].contains(byte)
        }
        guard !name.isEmpty, !name.hasPrefix("."), isPlain else { return "model_name is missing or cannot be a file name" }
        guard [userID, mode].allSatisfy({ !$0.isEmpty && !$0.contains("/") && $0 != ".." && $0 != "." }) else {
            return "user_id and mode must be plain names"
        }
        return nil
    }

    /// Where the worker puts the model.
    var location: S3Location {
        S3Location(bucket: SimulatedModel.bucket, key: "\(userID)/\(mode)/models/\(modelName).safetensors")
    }
}
