import Foundation
import Hummingbird
import JSONText
import ObjectStorage
import RunPod
import Testing
import Training
import TrainingPorts
import WaitingTestSupport

@testable import RunPodSimulator

/// The real client against the simulator, over HTTP on loopback.
@Suite(.timeLimit(.minutes(2))) struct ClientAgainstSimulatorTests {
    @Test("a training from submission to the model in the store")
    func whole() async throws {
        let scratch = try Scratch()
        try await Hook.with { hook, address in
            try await SimulatorServer.with(try scratch.configuration()) { simulator in
                try await simulator.client { client in
                    let order = World.order(webhook: address)
                    let id = try #require(await client.submitted(order))
                    _ = await SimulatorFinder.skip(simulator.url, seconds: 1500)
                    let report = try await client.ended(id)
                    #expect(report.observation.state == .completed)
                    let name = try #require(ModelName(parsing: "actor_0019_V7"))
                    guard
                        case .present(let model) = await FileModelStore(folder: scratch.models).find(
                            name, address: report.address)
                    else {
                        Issue.record("the model should be there")
                        return
                    }
                    #expect(model.metadata["ss_steps"] == "1000")
                    let delivery = try await eventualValue("the webhook came") { hook.deliveries.first }
                    #expect(delivery.body["id"]?.string == id.rawValue)
                    #expect(delivery.body["input"] == order["input"])
                    #expect(delivery.body["output"]?["model_info"]?["size_bytes"]?.int == model.sizeBytes)
                    #expect(delivery.headers[.userAgent] == "Go-http-client/2.0")
                    #expect(delivery.headers[.contentType] == "application/json")
                    guard case .known(let health) = await client.health() else {
                        Issue.record("health should be known")
                        return
                    }
                    #expect(health.completed == 1 && health.inProgress == 0)
                }
            }
        }
    }

    @Test("progress is seen while it trains, and a cancelled job ends and leaves nothing")
    func cancel() async throws {
        let scratch = try Scratch()
        try await SimulatorServer.with(try scratch.configuration(scale: 1)) { simulator in
            try await simulator.client { client in
                let id = try #require(await client.submitted(World.order(steps: 2000)))
                _ = await SimulatorFinder.skip(simulator.url, seconds: 600)
                guard case .known(let report) = await client.status(of: id) else {
                    Issue.record("the job should be known")
                    return
                }
                #expect(report.observation.state == .inProgress)
                #expect(report.progress?.steps == 2000)
                #expect((100...600).contains(report.progress?.step ?? 0))
                #expect(
                    await client.retry(id)
                        == .refused(status: 400, "RunPod answered 400: a job that is IN_PROGRESS cannot be retried"))
                #expect(await client.cancel(id) == .taken(RunPodObservation(state: .cancelled)))
                _ = await SimulatorFinder.skip(simulator.url, seconds: 1600)
                guard case .known(let end) = await client.status(of: id), case .known(let health) = await client.health() else {
                    Issue.record("the job should be known")
                    return
                }
                #expect(end.observation.state == .cancelled)
                #expect(health.running == 0)
                #expect(await FileModelStore(folder: scratch.models).models(of: ActorID(19)).isEmpty)
                #expect(await client.cancel(RunPodID("no/such job")) == .notFound("RunPod answered 404: job not found"))
                #expect(await client.purgeQueue() == .purged(removed: 0))
            }
        }
    }

    @Test(
        "a submission is classified by what its answer proves, and accepted once or not at all",
        arguments: [("answer-500", 1), ("refused-500", 0), ("answer-lost", 1), ("error-form=html", 0), ("error-form=empty", 0)])
    func uncertain(_ fault: String, _ accepted: Int) async throws {
        let scratch = try Scratch()
        try await SimulatorServer.with(try scratch.configuration(fault)) { simulator in
            try await simulator.client { client in
                guard case .uncertain = await client.submit(World.order()) else {
                    Issue.record("\(fault) should leave it uncertain")
                    return
                }
                #expect(await SimulatorFinder.accepted(simulator.url)?.count == accepted)
            }
        }
    }

    @Test("429 comes twice with a pause, then the request is accepted; a refusal in JSON is final")
    func turnedAway() async throws {
        let scratch = try Scratch()
        try await SimulatorServer.with(try scratch.configuration("answer-429@V7", "error-form=problem@V8")) { simulator in
            try await simulator.client { client in
                for _ in 0..<2 {
                    #expect(
                        await client.submit(World.order())
                            == .throttled("RunPod answered 429: too many requests", retryAfter: .seconds(5)))
                }
                #expect(await client.submitted(World.order()) != nil)
                let words = "Bad Request: the simulator refuses this request; input: is not wanted"
                #expect(await client.submit(World.order("actor_0019_V8")) == .rejected(status: 400, words))
            }
        }
    }

    @Test("a webhook that is early comes before the answer to its submission")
    func early() async throws {
        let scratch = try Scratch()
        try await Hook.with { hook, address in
            try await SimulatorServer.with(try scratch.configuration("webhook-early")) { simulator in
                try await simulator.client { client in
                    let id = try #require(await client.submitted(World.order(webhook: address)))
                    #expect(hook.deliveries.map { $0.body["id"]?.string } == [id.rawValue])
                    #expect(hook.deliveries.first?.body["status"] == "COMPLETED")
                }
            }
        }
    }

    @Test("a webhook that is not taken is called three times; one that is doubled twice")
    func tries() async throws {
        for (status, fault, count) in [(503, "model-missing", 3), (200, "webhook-doubled", 2)] {
            let scratch = try Scratch()
            try await Hook.with(answering: .init(code: status)) { hook, address in
                try await SimulatorServer.with(try scratch.configuration(fault)) { simulator in
                    let id = try await simulator.client { try #require(await $0.submitted(World.order(webhook: address))) }
                    _ = await SimulatorFinder.skip(simulator.url, seconds: 1500)
                    try await eventually("it was called \(count) times") {
                        // Small steps, and few in all: the clock must not run away from a call that is under way.
                        _ = await SimulatorFinder.skip(simulator.url, seconds: 1)
                        return hook.deliveries.count >= count
                    }
                    _ = await SimulatorFinder.skip(simulator.url, seconds: 600)
                    _ = try await simulator.client { try await $0.ended(id) }
                    #expect(hook.deliveries.count == count)
                }
            }
        }
    }

    @Test("slow answers meet the client's deadline")
    func slow() async throws {
        let scratch = try Scratch()
        try await SimulatorServer.with(try scratch.configuration("slow-answers", scale: 1)) { simulator in
            let id = try await simulator.client { try #require(await $0.submitted(World.order())) }
            try await simulator.client(call: .milliseconds(50)) { client in
                guard case .failed(let words) = await client.status(of: id) else {
                    Issue.record("it should be too late")
                    return
                }
                #expect(words.contains("did not answer in full"))
            }
        }
    }

    @Test("without a key, and with the wrong one, nobody is let in")
    func keys() async throws {
        let scratch = try Scratch()
        try await SimulatorServer.with(try scratch.configuration { $0.wrongKey = Secret("bad-key") }) { simulator in
            for key in ["", "bad-key"] {
                try await simulator.client(key: key) { client in
                    #expect(await client.submit(World.order()) == .rejected(status: 401, "unauthorized"))
                    #expect(await client.health() == .refused("RunPod answered 401: unauthorized"))
                    #expect(await client.status(of: RunPodID("x")) == .refused("RunPod answered 401: unauthorized"))
                }
            }
            #expect(await SimulatorFinder.accepted(simulator.url) == [])
        }
    }

    @Test("endpoints are apart, and a request with the same name may be sent to each")
    func endpoints() async throws {
        let scratch = try Scratch()
        try await SimulatorServer.with(try scratch.configuration(scale: 1)) { simulator in
            let id = try await simulator.client(endpoint: "one") { try #require(await $0.submitted(World.order())) }
            try await simulator.client(endpoint: "two") { client in
                guard case .notFound = await client.status(of: id) else {
                    Issue.record("another endpoint's job should be unknown")
                    return
                }
            }
        }
    }
}
