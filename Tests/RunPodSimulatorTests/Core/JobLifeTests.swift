import JSONText
import ObjectStorage
import Testing
import Training

@testable import RunPodSimulator

@Suite struct JobLifeTests {
    @Test("a job waits, gets a cold worker, trains with steps that rise and a loss that falls, and completes")
    func life() throws {
        var world = try World()
        let id = try world.submit()
        #expect(try world.status(id).text() == #"{"id":"\#(id)","status":"IN_QUEUE"}"#)
        #expect(world.endpoint.health(at: world.now).initializing == 1)
        world.pass(.seconds(80))
        let early = try world.status(id)
        #expect(early["status"]?.string == "IN_PROGRESS")
        #expect(early["output"] == nil && early["retries"] == nil)
        #expect((20_000...75_000).contains(early["delayTime"]?.int ?? 0))
        #expect(early["workerId"]?.string?.count == 14)

        var seen: [(step: Int, loss: Double)] = []
        while try world.state(id) == "IN_PROGRESS" {
            if let output = try world.status(id)["output"], let step = output["step"]?.int, let loss = output["loss"]?.double {
                #expect(output["steps"]?.int == 1000)
                seen.append((step, loss))
            }
            world.pass(.seconds(20))
        }
        #expect(seen.count > 30)
        #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.step < $1.step && $0.step % 10 == 0 })
        #expect(seen.prefix(5).map(\.loss).min() ?? 0 > (seen.suffix(5).map(\.loss).max() ?? 1) * 2)
        #expect(zip(seen, seen.dropFirst()).contains { $0.loss < $1.loss }, "a loss that never rises does not jitter")
        #expect(try world.state(id) == "COMPLETED")
        let time = try world.status(id)["executionTime"]?.int ?? 0
        #expect((0.93 * 1_020_000...1.07 * 1_020_000).contains(Double(time)))
    }

    @Test("the result is exactly the real worker's, and the model that it names is a whole safetensors file of that size")
    func result() throws {
        var world = try World()
        let id = try world.submit()
        #expect(try world.pass(until: id, is: "COMPLETED"))
        let output = try #require(try world.status(id)["output"])
        #expect(
            output.object?.keys
                == ["job_id", "loraName", "loraUrl", "message", "model_info", "status", "tenant_id", "training_type", "user_id"])
        let key = "actor_maker_user/custom-actors/models/actor_0019_V7.safetensors"
        #expect(output["loraUrl"] == .string("https://s3-accelerate.amazonaws.com/demo-user-files/\(key)"))
        #expect(output["model_info"]?["download_url"] == output["loraUrl"])
        #expect(output["job_id"] == "request_of_actor_0019_V7")
        #expect(output["loraName"] == "actor_0019_V7.safetensors")
        #expect(output["model_info"]?.object?.keys == ["download_url", "file_extension", "model_type", "name", "size_bytes"])
        let bytes = try #require(world.models["s3://demo-user-files/\(key)"])
        #expect(output["model_info"]?["size_bytes"]?.int == bytes.count)
        #expect((10_000...40_000).contains(bytes.count))
        let header = try SafetensorsHeader(parsing: bytes, fileSize: bytes.count)
        #expect(header.tensors.count == 9)
        #expect(header.metadata["ss_network_dim"] == "16")
        #expect(header.metadata["ss_steps"] == "1000")
        #expect(header.metadata["ss_base_model_version"] == "flux1")
        #expect(header.metadata["ss_output_name"]?.hasPrefix("actor_0019_V7") == true)
    }

    @Test("a submission without a policy dies after ten minutes, one way or the other")
    func defaultLimit() throws {
        var ends: Set<String> = []
        for seed in 0..<12 {
            var world = try World(seed: UInt64(seed))
            var order = World.order(steps: 2000)
            order["policy"] = nil
            let id = try world.submit(order)
            world.pass(.minutes(12))
            let status = try world.status(id)
            #expect(status["executionTime"]?.int == 600_000)
            ends.insert(status["status"]?.string ?? "")
            #expect(world.models.isEmpty)
        }
        #expect(ends == ["FAILED", "TIMED_OUT"])
    }

    @Test("workers are few, and jobs are taken in the order in which they came")
    func queue() throws {
        var world = try World(workers: 2)
        let ids = try (1...5).map { try world.submit(World.order("actor_0001_V\($0)")) }
        world.pass(.minutes(2))
        var states = try ids.map { try world.state($0) }
        #expect(states == ["IN_PROGRESS", "IN_PROGRESS", "IN_QUEUE", "IN_QUEUE", "IN_QUEUE"])
        let health = world.endpoint.health(at: world.now)
        #expect((health.inQueue, health.inProgress, health.running) == (3, 2, 2))
        #expect(try world.pass(until: ids[3], is: "IN_PROGRESS"))
        states = try ids.map { try world.state($0) }
        #expect(states.prefix(2) == ["COMPLETED", "COMPLETED"])
        #expect(states.last == "IN_QUEUE")
    }

    @Test("a cancelled job frees its worker and never completes")
    func cancel() throws {
        var world = try World(workers: 1)
        let first = try world.submit(World.order("actor_0001_V1"))
        let second = try world.submit(World.order("actor_0002_V1"))
        world.pass(.minutes(5))
        let answer = world.call(.cancel(first))
        #expect(answer.status == 200)
        #expect(answer.body == #"{"id":"\#(first)","status":"CANCELLED"}"#)
        // Its worker is warm, so the next one begins at once.
        #expect(try world.state(second) == "IN_PROGRESS")
        #expect(try world.status(second)["delayTime"]?.int == 300_000)
        world.pass(.minutes(25))
        #expect(try world.state(first) == "CANCELLED")
        #expect(world.models.count == 1)
        #expect(try world.state(second) == "COMPLETED")
        #expect(world.call(.cancel(second)).body.contains("COMPLETED"))
        #expect(world.call(.cancel("nobody-u1")).status == 404)
    }

    @Test("jobs that wait or whose worker is on its way can be cancelled too")
    func cancelEarly() throws {
        var world = try World(workers: 1)
        let ids = try (1...2).map { try world.submit(World.order("actor_0001_V\($0)")) }
        for id in ids { #expect(world.call(.cancel(id)).status == 200) }
        world.pass(.hours(0.4))
        #expect(world.models.isEmpty)
        let health = world.endpoint.health(at: world.now)
        #expect(health.inQueue + health.inProgress + health.running + health.initializing == 0)
    }

    @Test("the end of a lifetime deletes a job in any state, and a worker that runs leaves its model all the same")
    func lifetime() throws {
        var world = try World(workers: 1)
        let policy: JSONValue = ["executionTimeout": 7_200_000, "ttl": 600_000]
        let ids = try (1...2).map { try world.submit(World.order("actor_0001_V\($0)", webhook: "http://hook", policy: policy)) }
        world.pass(.minutes(9.9))
        #expect(try world.state(ids[0]) == "IN_PROGRESS")
        world.pass(.minutes(0.2))
        for id in ids { #expect(world.call(.status(id)).status == 404) }
        world.pass(.hours(1))
        #expect(world.models.keys.sorted().map { $0.hasSuffix("actor_0001_V1.safetensors") } == [true])
        #expect(world.calls.isEmpty)
        #expect(world.endpoint.jobs.isEmpty)
    }

    @Test("a result is kept for half an hour")
    func retention() throws {
        var world = try World()
        let id = try world.submit()
        #expect(try world.pass(until: id, is: "COMPLETED"))
        world.pass(.minutes(28))
        #expect(world.call(.status(id)).status == 200)
        world.pass(.minutes(3))
        #expect(world.call(.status(id)).status == 404)
        #expect(world.endpoint.health(at: world.now).completed == 1)
    }

    @Test("only what has failed or timed out can be retried, and keeps its id")
    func retry() throws {
        var world = try World("fails-at-once@V1", "timed-out@V2")
        let ids = try (1...3).map { try world.submit(World.order("actor_0001_V\($0)")) }
        #expect(world.call(.retry(ids[0])).status == 400)
        world.pass(.minutes(25))
        #expect(try ids.map { try world.state($0) } == ["FAILED", "TIMED_OUT", "COMPLETED"])
        for id in ids.prefix(2) {
            #expect(world.call(.retry(id)).body == #"{"id":"\#(id)","status":"IN_QUEUE"}"#)
            #expect(try world.status(id).object?.keys.contains("error") == false)
        }
        #expect(world.call(.retry(ids[2])).status == 400)
        #expect(world.call(.retry("nobody")).status == 404)
        #expect(try world.pass(until: ids[0], is: "FAILED"))
    }

    @Test("purge-queue removes what waits and nothing else")
    func purge() throws {
        var world = try World(workers: 1)
        let ids = try (1...3).map { try world.submit(World.order("actor_0001_V\($0)")) }
        #expect(world.call(.purge).body == #"{"removed":2,"status":"completed"}"#)
        world.pass(.hours(0.4))
        #expect(try ids.map { try world.state($0) } == ["COMPLETED", "CANCELLED", "CANCELLED"])
    }

    @Test("steps are those of the workflow's loops, found by class, up to the network's own limit")
    func steps() throws {
        var body = World.order(steps: 700)
        body["input"]?["workflow"]?["9"] = ["class_type": "FluxTrainLoop", "inputs": ["steps": 500]]
        #expect(try SimulatedRequest(body: body).steps == 1200)
        body["input"]?["workflow"]?["107"]?["inputs"]?["max_train_steps"] = 1000
        #expect(try SimulatedRequest(body: body).steps == 1000)
    }

    @Test(
        "a submission that the platform cannot take is refused",
        arguments: [
            "[]", "{}", #"{"input":{}}"#, #"{"input":7}"#, #"{"input":{"a":1},"policy":{"executionTimeout":10}}"#,
            #"{"input":{"a":1},"policy":{"ttl":"long"}}"#,
        ])
    func refused(_ body: String) throws {
        var world = try World()
        let reply = world.call(.run(try JSONValue(parsing: body)))
        #expect(reply.status == 400 && reply.accepted == nil && reply.body.hasPrefix(#"{"error":""#))
        #expect(world.endpoint.jobs.isEmpty)
    }

    @Test("what the worker cannot use fails at its start", arguments: ["workflow", "training_data", "model"])
    func workerComplains(_ missing: String) throws {
        var world = try World()
        var body = World.order()
        if missing == "model" {
            body["input"]?["training_config"]?["model_name"] = "../../escape"
        } else {
            body["input"]?[missing] = nil
        }
        let id = try world.submit(body)
        world.pass(.minutes(3))
        #expect(try world.state(id) == "FAILED")
        #expect(world.models.isEmpty)
    }

    @Test("ids are UUIDs with a suffix, and those of another simulation are others")
    func ids() throws {
        var (one, other) = (try World(), try World())
        other.endpoint = SimulatedEndpoint(name: "ep", instance: 43, settings: one.endpoint.settings)
        let ids = try (1...20).map { try one.submit(World.order("actor_0001_V\($0)")) }
        #expect(Set(ids).count == 20)
        #expect(Set(ids.map { $0.suffix(3) }) == ["-u1", "-e1"])
        for id in ids { #expect(id.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12, 2]) }
        #expect(!ids.contains(try other.submit(World.order("actor_0001_V1"))))
    }
}
