import JSONText
public import Training
public import TrainingPorts

extension ActorMakerClient {
    /// The server's calls turn a verdict round. So it is read first, turned at most once, and read again: a repeat would undo it.
    public func mark(_ version: VersionNumber, of actor: ActorID, good: Bool) async throws(PortError) {
        try await turn(to: good, what: "The verdict on \(version) of actor \(actor)") { () throws(PortError) in
            let models = try await listed(actor)["custom_lora_models"]?.array ?? []
            guard let model = models.map(ModelRecord.init(reading:)).last(where: { $0.version == version }) else {
                throw PortError(.notFound, "The manifest of actor \(actor) has no model \(version) to be judged.")
            }
            // One that was never judged is not yet “not good”, but the server can only turn it to good first.
            return model.good ?? false
        } turning: { () throws(PortError) in
            let body: JSONValue = ["actorId": .string(actor.padded), "modelId": .string("\(actor.padded)_\(version)")]
            _ = try await connection.post("/api/training/models/toggle-good", body)
        }
    }

    /// Makes an actor's own `good` be so.
    public func markActor(_ actor: ActorID, good: Bool) async throws(PortError) {
        try await turn(to: good, what: "The mark of actor \(actor)") { () throws(PortError) in
            try await listed(actor)["good"]?.bool ?? false
        } turning: { () throws(PortError) in
            _ = try await connection.post(Self.path(actor, good ? "mark-good" : "toggle-good"))
        }
    }

    /// Makes the approval of an actor's training data be so.
    public func approveTrainingData(of actor: ActorID, good: Bool) async throws(PortError) {
        try await turn(to: good, what: "The approval of actor \(actor)'s training data") { () throws(PortError) in
            try await trainingData(of: actor).approved
        } turning: { () throws(PortError) in
            _ = try await connection.post("/api/training/training-data/toggle-good", ["actorId": .string(actor.padded)])
        }
    }

    private func turn(
        to good: Bool, what: String, reading: () async throws(PortError) -> Bool, turning: () async throws(PortError) -> Void
    ) async throws(PortError) {
        guard try await reading() != good else { return }
        var fault: PortError?
        do throws(PortError) { try await turning() } catch { fault = error }
        guard try await reading() != good else { return }
        throw fault
            ?? PortError(.conflict, "\(what) was turned back by somebody else at the same moment. Look at it and decide again.")
    }

    private func listed(_ actor: ActorID) async throws(PortError) -> JSONValue {
        guard let list = try await connection.get("/api/actors").array else {
            throw connection.notActorMaker("/api/actors gave no list")
        }
        guard let entry = list.first(where: { $0["id"]?.int == actor.rawValue }) else {
            throw PortError(.notFound, "The server has no actor \(actor).")
        }
        return entry
    }
}
