import JSONText
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@Suite("The ports in memory")
struct ScriptedPortTests {
    private let model = ModelName(actor: ActorID(19), version: VersionNumber(7))

    @Test("a gateway answers in order, keeps its last answer and all calls")
    func gateway() async {
        let gateway = ScriptedGateway()
        gateway.answerSubmissions(.throttled("slow down", retryAfter: nil), .accepted(RunPodID("r"), .inQueue))
        #expect(await gateway.submit(["a": 1]) == .throttled("slow down", retryAfter: nil))
        for _ in 0..<2 { #expect(await gateway.submit(["a": 2]) == .accepted(RunPodID("r"), .inQueue)) }
        #expect(gateway.submitted == [["a": 1], ["a": 2], ["a": 2]])
        #expect(await gateway.status(of: RunPodID("r")) == .notFound("no such job"))
        gateway.answerStatus(of: RunPodID("r"), .failed("500"))
        #expect(await gateway.status(of: RunPodID("r")) == .failed("500"))
        #expect(gateway.calls.count == 5)
    }

    @Test("a project shows what was written to it, and nothing of what failed")
    func actorMaker() async throws {
        let project = ScriptedActorMaker([
            ActorProfile(id: ActorID(19), name: "a", trainingDataGood: true, images: ImageCount(onS3: 3, synced: 3, recorded: 3))
        ])
        #expect(try await project.trainingData(of: ActorID(19)).count == ImageCount(onS3: 3, synced: 3, recorded: 3))
        let parameters = TrainingParameters.preset(images: 3, triggerToken: "a")
        var entry = VersionEntry(
            id: "r-e1", version: VersionNumber(7), description: "x", timestamp: .sample, parameters: parameters, imageCount: 3,
            state: .pending)
        try await project.save(entry, of: ActorID(19))
        entry.state = .completed(address: "s3://b/k", at: .sample)
        try await project.save(entry, of: ActorID(19))
        #expect(try await project.versions(of: ActorID(19)).map(\.status) == [.completed])
        let location = S3Location(bucket: "b", key: "k")
        let record = ModelEntry(model: model, location: location, sizeBytes: 1, etag: "e", lastModified: .sample)
        #expect(try await project.record(record, of: ActorID(19)) == .recorded)
        #expect(try await project.record(record, of: ActorID(19)) == .alreadyThere)
        try await project.mark(VersionNumber(7), of: ActorID(19), good: true)
        #expect(project.profiles.first?.goodModel?.filename == "actor_0019_V7.safetensors")
        project.writeFault = PortError(.unreachable, "gone")
        await #expect(throws: PortError.self) { try await project.mark(VersionNumber(7), of: ActorID(19), good: false) }
        #expect(project.profiles.first?.goodModel != nil)
        await #expect(throws: PortError.self) { try await project.trainingData(of: ActorID(20)) }
    }

    @Test("a store has what was put there, and a route gives addresses while it is up")
    func storeAndRoute() async {
        let store = ScriptedModelStore()
        #expect(await store.find(model, address: nil) == .absent)
        store.put(model)
        guard case .present(let stored) = await store.find(model, address: nil) else {
            Issue.record("the model is not there")
            return
        }
        #expect(stored.location.key == "models/actor_0019_V7.safetensors")
        #expect(await store.models(of: ActorID(19)) == [model])
        #expect(await store.models(of: ActorID(20)).isEmpty)
        let route = ScriptedRoute()
        #expect(await route.address(for: RequestID(rawValue: "x")) == "https://hook.example.org/hook/secret-of-x")
        route.current = .down("gone")
        #expect(await route.ensure() == .down("gone"))
        #expect(await route.address(for: RequestID(rawValue: "x")) == nil)
    }
}
