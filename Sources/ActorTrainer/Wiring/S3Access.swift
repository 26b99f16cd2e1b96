import Foundation
import ObjectStorage
import RunPodSimulator
import SystemSurroundings
import Training
import TrainingPorts

/// What the house knows of models and images: S3 where a key pair is set, the simulator's folder in a simulation, else nothing.
struct S3Access: Sendable {
    /// To be shut down at the end; nil where S3 is not used.
    let client: S3Client?
    let models: any ModelStore
    let images: any ImageStore

    init(_ settings: Settings, simulator: SimulatorDescription?, actorMaker: any ActorMaker) throws(Failure) {
        if let simulator {
            let folder = URL(filePath: simulator.modelsDirectory)
            client = nil
            models = simulator.forbidsBucket ? ClosedModelStore() : FileModelStore(folder: folder)
            images = SimulatedImageStore(
                folder: folder.deletingLastPathComponent().appending(path: "images"), isForbidden: simulator.forbidsBucket)
            return
        }
        guard let s3 = try settings.s3Client() else {
            client = nil
            models = UnseenModelStore()
            images = UnseenImageStore()
            return
        }
        client = s3
        models = S3ModelStore(client: s3) { () throws(PortError) in try await S3Access.folders(actorMaker) }
        images = S3ImageStore(client: s3)
    }

    /// Where the cast's models lie so far, the most used folder first; none before the first model.
    private static func folders(_ actorMaker: any ActorMaker) async throws(PortError) -> [S3Location] {
        let cast: Cast
        do { cast = try await actorMaker.cast() } catch {
            let words = "where models lie on S3 is told by the actors, which cannot be read: \(error.message)"
            throw PortError(.unreachable, words, cause: error)
        }
        let addresses = cast.actors.flatMap { $0.models.compactMap(\.address) + $0.versions.compactMap(\.address) }
        var counts: [S3Location: Int] = [:]
        for case let location? in addresses.map(S3Location.init(parsing:)) {
            counts[location.folder, default: 0] += 1
        }
        return counts.sorted { ($1.value, $0.key.description) < ($0.value, $1.key.description) }.map(\.key)
    }
}

/// Stands where we have no access to the images.
struct UnseenImageStore: ImageStore {
    func inspect(_ image: S3Location) async -> ImageFinding { .notChecked }
    func files(in folder: S3Location) async -> FolderListing { .notListed(OutsideReadings.noStorage) }
    func access(to folder: S3Location, example: S3Location?) async -> StoreAccess { .notChecked }
}

/// A simulation's models with the fault `bucket-forbidden`.
struct ClosedModelStore: ModelStore {
    func find(_ model: ModelName, address: String?) async -> ModelFinding {
        .unreachable("S3 forbids \(model.fileName): allow s3:GetObject on its bucket in the policy of this access key")
    }

    func models(of actor: ActorID) async throws(PortError) -> [ModelName] {
        throw PortError(
            .refused,
            "the models on S3 cannot be listed: allow s3:ListBucket on their bucket in the policy of this access key")
    }
}

extension Settings {
    /// To be shut down by whoever asks for it; nil where no key pair is set.
    func s3Client() throws(Failure) -> S3Client? {
        guard let credentials = try s3Credentials() else { return nil }
        // A simulation's faster time must not be signed.
        let wall = ContinuousEngineClock.wall()
        return S3Client(endpoint: try s3Endpoint(), credentials: credentials, random: SystemRandom(), now: { wall.now() })
    }

    /// - Returns: nil where no key pair is set.
    /// - Throws: `Failure` where half of one is.
    func s3Credentials() throws(Failure) -> S3Credentials? {
        switch (awsAccessKey, awsSecret) {
        case (nil, nil): return nil
        case (let key?, let secret?):
            return S3Credentials(accessKey: key.revealed(), secret: secret, sessionToken: awsSessionToken)
        case (_?, nil):
            throw Failure(.prerequisite, "AWS_ACCESS_KEY is set without AWS_ACCESS_SECRET; set both, or neither")
        case (nil, _?):
            throw Failure(.prerequisite, "AWS_ACCESS_SECRET is set without AWS_ACCESS_KEY; set both, or neither")
        }
    }

    /// - Throws: `Failure` where a setting is none that S3 can be asked with.
    func s3Endpoint() throws(Failure) -> S3Endpoint {
        let region = awsRegion ?? "us-east-1"
        let accelerates = try isOn("aws.s3.use.accelerate.endpoint", "AWS_S3_USE_ACCELERATE_ENDPOINT")
        let dualStack = try isOn("aws.use.dualstack.endpoint", "AWS_USE_DUALSTACK_ENDPOINT")
        guard let address = s3Address else {
            return S3Endpoint(region: region, accelerates: accelerates, dualStack: dualStack)
        }
        guard !accelerates, !dualStack else {
            let name = accelerates ? "AWS_S3_USE_ACCELERATE_ENDPOINT" : "AWS_USE_DUALSTACK_ENDPOINT"
            throw Failure(.prerequisite, "\(name) is for Amazon's own S3 alone; leave it out, or AWS_ENDPOINT_URL_S3")
        }
        guard let endpoint = S3Endpoint(address: address, region: region) else {
            throw Failure(
                .prerequisite, "AWS_ENDPOINT_URL_S3 is no address of a server; it should look like https://s3.example.com")
        }
        return endpoint
    }

    private func isOn(_ key: String, _ name: String) throws(Failure) -> Bool {
        switch text(key)?.lowercased() ?? "false" {
        case "true", "on", "yes", "1": return true
        case "false", "off", "no", "0": return false
        default: throw Failure(.prerequisite, "\(name) is neither true nor false")
        }
    }
}
