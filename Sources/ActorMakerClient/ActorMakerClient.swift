import JSONText
public import Training
public import TrainingPorts

/// An Actor Maker server that runs already, through the calls that the deployed one has.
public struct ActorMakerClient: Sendable {
    let connection: ServerConnection

    public init(connection: ServerConnection) { self.connection = connection }

    /// How many calls are made at once for a reading of the whole cast.
    static let width = 8
    /// How often a change is tried anew where somebody else's came between.
    static let attempts = 5

    static func path(_ actor: ActorID, _ call: String) -> String { "/api/actors/\(actor)/\(call)" }
}

extension ActorMakerClient: ActorMaker {
    public func trainingData(of actor: ActorID) async throws(PortError) -> TrainingData {
        try TrainingDataAnswer(try await connection.get(Self.path(actor, "training-data")), of: actor, from: connection).data
    }

    public func versions(of actor: ActorID) async throws(PortError) -> [VersionRecord] {
        let (versions, fault) = VersionRecord.list(reading: try await connection.get(Self.path(actor, "training-versions")))
        if let fault { throw PortError(.corrupted, "The versions of actor \(actor) are damaged: \(fault).") }
        return versions
    }

    /// Added only where the server is our own; the deployed one leaves it to its sync from S3.
    public func record(_ model: ModelEntry, of actor: ActorID) async throws(PortError) -> RecordResult {
        guard try await isOwnServer() else { return .notSupported }
        let answer = try await connection.post(Self.path(actor, "models"), model.json)
        guard let recorded = answer["recorded"]?.bool else {
            throw connection.notActorMaker("it did not say whether it added the model")
        }
        return recorded ? .recorded : .alreadyThere
    }

    /// Whether the server is this program's embedded one, which has calls that the deployed one lacks.
    public func isOwnServer() async throws(PortError) -> Bool { try await about() != nil }

    /// Whether an engine of this program stands behind the server and submits trainings: then it alone must, or one actor could be trained
    /// by two at once.
    /// - Throws: `PortError` where the server does not answer.
    public func hasDesk() async throws(PortError) -> Bool { try await about()?["desk"]?.bool == true }

    /// What our own server says of itself; nil of any other.
    private func about() async throws(PortError) -> JSONValue? {
        do throws(ConnectionFault) {
            // The deployed server answers unknown paths with its page.
            let answer = try await connection.exchange(.get, "/api/actor-trainer")
            guard answer.isSuccess, let json = answer.json, json["name"]?.string == "actor-trainer" else { return nil }
            return json
        } catch {
            throw connection.unreachable(error)
        }
    }
}
