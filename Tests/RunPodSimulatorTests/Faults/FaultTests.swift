import JSONText
import RunPod
import Testing
import Training
import TrainingPorts

@testable import RunPodSimulator

@Suite struct FaultTests {
    func report(_ json: JSONValue, _ id: String) -> JobReport? { JobAnswer(json)?.report(asked: RunPodID(id)) }

    @Test("a fault is named as on the command line, and each has a sentence of help")
    func parsing() throws {
        #expect(try FaultOrder(parsing: "stalls") == FaultOrder(.stalls))
        #expect(try FaultOrder(parsing: "stalls=2") == FaultOrder(.stalls, first: 2))
        #expect(try FaultOrder(parsing: "stalls@actor_0005") == FaultOrder(.stalls, model: "actor_0005"))
        #expect(try FaultOrder(parsing: "stalls=2@V7") == FaultOrder(.stalls, first: 2, model: "V7"))
        #expect(try FaultOrder(parsing: "error-form=html@V7") == FaultOrder(.errorForm, form: .html, model: "V7"))
        for wrong in [
            "", "stall", "stalls=0", "stalls=x", "stalls@", "error-form", "error-form=7", "no-workers=2", "low-balance@V7",
        ] {
            #expect(throws: FaultOrderError.self) { try FaultOrder(parsing: wrong) }
        }
        for order in ["stalls=2@V7", "error-form=job-json@x"] { #expect(try FaultOrder(parsing: order).description == order) }
        for fault in Fault.allCases { #expect(fault.help.hasSuffix(".")) }
    }

    @Test("a fault befalls the first N requests or those of one actor, and a request that is sent again keeps its own")
    func choosing() throws {
        var plan = FaultPlan(try ["stalls=2", "model-missing@V9"].map { try FaultOrder(parsing: $0) })
        #expect(plan.assign(request: "a", model: "V1").faults == [.stalls])
        #expect(plan.assign(request: "a", model: "V1").submissions == 2)
        #expect(plan.assign(request: "b", model: "V9").faults == [.stalls, .modelMissing])
        #expect(plan.assign(request: "c", model: "V9").faults == [.modelMissing])
        #expect(plan.assign(request: "a", model: "V1").faults == [.stalls])
        #expect(plan.assign(request: nil, model: "V1").faults.isEmpty)
    }

    @Test("a lost worker's job goes to another one: same id, retries 1, delayTime anew, and it completes")
    func workerLost() throws {
        var world = try World("worker-lost")
        let id = try world.submit()
        world.pass(.minutes(3))
        let before = try world.status(id)
        world.pass(.minutes(8))
        #expect(try world.pass(until: id, is: "IN_PROGRESS"))
        let after = try world.status(id)
        #expect(after["retries"]?.int == 1 && before["retries"] == nil)
        #expect(after["workerId"] != before["workerId"])
        #expect((after["delayTime"]?.int ?? 0) < 76_000)
        #expect(try world.pass(until: id, is: "COMPLETED"))
        #expect(try world.status(id)["retries"]?.int == 1)
        #expect(world.models.count == 1)
    }

    @Test("a job that fails tells one sentence, whatever form its error has")
    func failures() throws {
        for (fault, words) in [
            ("fails-at-once", "OSError: the base model could not be loaded"),
            ("fails-midway", "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.17 GiB"),
            ("timed-out", "job timed out after 0 retries"),
            ("error-form=job-json", "RuntimeError: the simulator lets this job fail"),
            ("error-form=job-text", "the simulator lets this job fail"),
            ("error-form=job-traceback", "RuntimeError: the simulator lets this job fail"),
            ("error-form=job-object", "the simulator lets this job fail"),
            ("error-form=job-in-output", "the simulator lets this job fail"),
        ] {
            var world = try World(fault)
            let id = try world.submit()
            world.pass(.minutes(30))
            let known = report(try world.status(id), id)
            #expect(known?.error == words, "\(fault)")
            #expect(known?.observation.state == (fault == "timed-out" ? .timedOut : .failed))
            #expect(world.models.isEmpty)
        }
    }

    @Test("a training that stalls stops at a third of its steps, until its execution limit")
    func stalls() throws {
        var world = try World("stalls")
        let id = try world.submit()
        world.pass(.hours(1))
        #expect(try world.status(id)["output"]?["step"]?.int == 330)
        world.pass(.hours(1.1))
        #expect(report(try world.status(id), id)?.observation.state.isFinal == true)
    }

    @Test("a changed suffix is reported, and understood under both ids or under the new one only")
    func suffixes() throws {
        for (fault, firstStatus) in [("suffix-changed", 200), ("suffix-moved", 404)] {
            var world = try World(fault)
            let id = try world.submit(World.order(webhook: "http://hook"))
            #expect(try world.status(id)["id"]?.string == id)
            world.pass(.minutes(3))
            #expect(world.call(.status(id)).status == firstStatus)
            world.pass(.minutes(30))
            let told = try JSONValue(parsing: try #require(world.calls.first?.call.body))["id"]?.string ?? ""
            #expect(told != id && RunPodID(told).names(theSameJobAs: RunPodID(id)))
            #expect(try world.status(told)["id"]?.string == told)
        }
    }

    @Test("a job is unknown in its first minute, or as soon as it has ended")
    func notFound() throws {
        var world = try World("not-found-at-first@V1", "result-dropped@V2")
        let ids = try (1...2).map { try world.submit(World.order("actor_0001_V\($0)")) }
        #expect(try ids.map { try world.state($0) } == [nil, "IN_QUEUE"])
        world.pass(.minutes(1))
        #expect(try world.state(ids[0]) != nil)
        world.pass(.minutes(25))
        #expect(try ids.map { try world.state($0) } == ["COMPLETED", nil])
        #expect(world.models.count == 2)
    }

    @Test("an endpoint without workers takes no job, and tells so; one with a short timeout tells that")
    func generalFaults() throws {
        var world = try World("no-workers")
        let id = try world.submit()
        world.pass(.hours(2))
        #expect(try world.state(id) == "IN_QUEUE")
        #expect(world.endpoint.facts()["workers"]?["max"]?.int == 0)
        let health = world.endpoint.health(at: world.now)
        #expect(health.inQueue == 1 && health.idle + health.ready + health.running + health.throttled == 0)
        #expect(try World("short-timeout").endpoint.facts()["timeout"]?.int == 600_000)
        #expect(try World().endpoint.facts()["timeout"]?.int == 0)
    }

    @Test("without capacity a job waits, health says why, and others are served")
    func noCapacity() throws {
        var world = try World("no-capacity=1")
        let ids = try (1...2).map { try world.submit(World.order("actor_0001_V\($0)")) }
        world.pass(.minutes(40))
        #expect(world.models.keys.map { $0.hasSuffix("V2.safetensors") } == [true])
        #expect(try world.state(ids[0]) == "IN_QUEUE")
        let health = world.endpoint.health(at: world.now)
        #expect(health.hasNoCapacity && health.throttled == 3)
        world.pass(.hours(10))
        #expect(world.call(.status(ids[0])).status == 404)
    }

    @Test("a job may complete without an output, or name a model that is not there")
    func completed() throws {
        var world = try World("completed-without-output@V1", "model-missing@V2")
        let ids = try (1...2).map { try world.submit(World.order("actor_0001_V\($0)")) }
        world.pass(.minutes(25))
        #expect(try ids.map { try world.state($0) } == ["COMPLETED", "COMPLETED"])
        #expect(try world.status(ids[0]).object?.keys.contains("output") == false)
        #expect(report(try world.status(ids[1]), ids[1])?.address?.hasSuffix("actor_0001_V2.safetensors") == true)
        #expect(world.models.keys.map { $0.contains("V1") } == [true])
    }

    @Test("a status may be a word that nobody knows, for a while")
    func unknownStatus() throws {
        var world = try World("unknown-status")
        let id = try world.submit()
        var words: [String] = []
        for _ in 0..<30 {
            let word = try world.state(id) ?? ""
            if words.last != word { words.append(word) }
            world.pass(.minutes(1))
        }
        #expect(words == ["IN_QUEUE", "IN_PROGRESS", "RESUMING", "IN_PROGRESS", "COMPLETED"])
    }

    @Test("submissions are refused or accepted as their fault has it")
    func submissions() throws {
        for (fault, status, accepted) in [
            ("answer-500", 500, true), ("refused-500", 500, false), ("answer-lost", 200, true), ("slow-answers", 200, true),
        ] {
            var world = try World(fault)
            let reply = world.call(.run(World.order()))
            #expect(reply.status == status)
            #expect((reply.accepted != nil) == accepted)
            #expect(world.endpoint.jobs.count == (accepted ? 1 : 0))
            #expect(reply.isLost == (fault == "answer-lost"))
            #expect(reply.isSlow == (fault == "slow-answers"))
        }
        var world = try World("answer-429")
        let replies = (0..<3).map { _ in world.call(.run(World.order())) }
        #expect(replies.map(\.status) == [429, 429, 200])
        #expect(replies.map(\.retryAfter) == [5, 5, nil])
    }

    @Test("every form of a refusal's body becomes one sentence", arguments: ErrorForm.allCases.filter { !$0.isOfJob })
    func refusals(_ form: ErrorForm) throws {
        var world = try World("error-form=\(form.rawValue)")
        let reply = world.call(.run(World.order()))
        #expect(reply.status == 400 && reply.accepted == nil)
        let body = ErrorBody(Array(reply.body.utf8))
        let sentence = body.sentence(status: 400)
        #expect(!sentence.contains("{") && !sentence.contains("<") && !sentence.contains("\n"))
        #expect((body.ownMessage == nil) == [.odd, .empty, .text, .html].contains(form))
    }
}
