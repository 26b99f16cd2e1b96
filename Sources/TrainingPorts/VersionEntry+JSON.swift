public import JSONText
import Training

extension VersionEntry {
    /// The entry as the server and the page write it, with their keys in their order.
    public var json: JSONValue {
        var object: JSONObject = [
            "id": .string(id),
            "name": .string(version.description),
            "description": .string(description),
            "timestamp": .string(timestamp.description),
            "parameters": parameters.versionJSON,
            "status": .string(state.word),
            "imageCount": .integer(imageCount),
        ]
        for (key, value) in state.fields { object[key] = value }
        return .object(object)
    }

    /// Where the entry stands in a list: by the job's id as given, by the same id but for one `-e2`-like suffix, or, once it is completed,
    /// by the model's object on S3: the sync from S3 writes the same model under an id of its own.
    public func index(in versions: [JSONValue]) -> Int? {
        let ids = versions.map { RunPodID($0["id"]?.string ?? "") }
        let own = RunPodID(id)
        if let place = ids.firstIndex(of: own) ?? ids.firstIndex(where: { own.names(theSameJobAs: $0) }) { return place }
        guard case .completed(let address, _) = state, let location = S3Location(parsing: address) else { return nil }
        return versions.firstIndex { $0["loraUrl"]?.string.flatMap(S3Location.init(parsing:)) == location }
    }
}

extension VersionEntry.State {
    /// The status as it is written.
    public var word: String {
        switch self {
        case .pending: "pending"
        case .completed: "completed"
        case .failed: "failed"
        }
    }

    /// What an end adds to the entry.
    var fields: [(key: String, value: JSONValue)] {
        switch self {
        case .pending: []
        case .completed(let address, let time):
            // A job may say that it is done without saying where the model is.
            (address.isEmpty ? [] : [("loraUrl", .string(S3Location(parsing: address)?.acceleratedAddress ?? address))])
                + [("completedAt", .string(time.description))]
        case .failed(let error, let time): [("error", .string(error)), ("failedAt", .string(time.description))]
        }
    }

    /// Keys that another end left and that this one contradicts.
    var contradicted: [String] {
        switch self {
        case .pending: []
        case .completed: ["error", "failedAt"]
        case .failed: ["loraUrl", "completedAt"]
        }
    }
}

extension TrainingParameters {
    /// The parameters that a saved version lists, in the page's order.
    var versionJSON: JSONValue {
        [
            "learning_rate": .double(learningRate),
            "max_train_steps": .integer(maxTrainSteps),
            "network_dim": .integer(networkDim),
            "network_alpha": .integer(networkAlpha),
            "class_tokens": .string(classTokens),
            "batch_size": .integer(batchSize),
            "num_repeats": .integer(numRepeats),
            "lr_scheduler": .string(lrScheduler),
            "lr_warmup_steps": .integer(lrWarmupSteps),
            "optimizer_type": .string(optimizerType),
            "gradient_dtype": .string(gradientDtype),
        ]
    }
}
