import JSONText
import Testing
import Training

@testable import RunPodSimulator

@Suite struct WebhookTests {
    let order = World.order(webhook: "http://127.0.0.1:9/hook/x")

    @Test("the webhook carries the status object, the whole input and its own address, and is not called again once it was taken")
    func body() throws {
        var world = try World()
        let id = try world.submit(order)
        world.pass(.hours(2))
        #expect(world.calls.count == 1)
        let call = try #require(world.calls.first?.call)
        let body = try JSONValue(parsing: call.body)
        #expect(call.address == "http://127.0.0.1:9/hook/x")
        #expect(body.object?.keys == ["delayTime", "executionTime", "id", "input", "output", "status", "webhook"])
        #expect(body["input"] == order["input"])
        #expect(body["webhook"] == order["webhook"])
        #expect(body["id"]?.string == id)
        #expect(body["status"] == "COMPLETED")
    }

    @Test("a webhook that is not taken is called three times, at once, after 5 s and after 20 s, and never more")
    func tries() throws {
        var world = try World()
        world.takesCalls = false
        _ = try world.submit(order)
        world.pass(.hours(3))
        let first = try #require(world.calls.first?.at)
        #expect(world.calls.map { $0.at - first } == [.seconds(0), .seconds(5), .seconds(20)])
        #expect(world.calls.map(\.call.number) == [1, 2, 3])
        #expect(world.endpoint.nextEvent == nil && !world.endpoint.isBusy)
    }

    @Test("failed and cancelled jobs are told too")
    func otherEnds() throws {
        var world = try World("fails-midway@V1")
        _ = try world.submit(World.order("actor_0001_V1", webhook: "http://hook"))
        let second = try world.submit(World.order("actor_0001_V2", webhook: "http://hook"))
        world.call(.cancel(second))
        world.pass(.hours(1))
        let states = try world.calls.map { try JSONValue(parsing: $0.call.body)["status"]?.string }
        #expect(states == ["CANCELLED", "FAILED"])
    }

    @Test("a webhook can be lost, doubled, late and early")
    func faults() throws {
        func calls(_ fault: String) throws -> (ends: Timestamp?, calls: [Timestamp], early: Int) {
            var world = try World(fault)
            let reply = world.call(.run(order))
            let id = try JSONValue(parsing: reply.body)["id"]?.string ?? ""
            var end: Timestamp?
            for _ in 0..<4000 where end == nil {
                if try world.state(id) == "COMPLETED" { end = world.now }
                world.pass(.seconds(1))
            }
            world.pass(.minutes(20))
            return (end, world.calls.map(\.at), reply.earlyCalls.count)
        }
        #expect(try calls("webhook-lost").calls.isEmpty)
        #expect(try calls("webhook-doubled").calls.count == 2)
        let late = try calls("webhook-late")
        #expect(late.calls.count == 1)
        #expect(try #require(late.calls.first) - (try #require(late.ends)) >= .minutes(9.9))
        let early = try calls("webhook-early")
        #expect(early.early == 1 && early.calls.isEmpty)
    }

    @Test("a call that a restart has cut off is made again")
    func restart() throws {
        var endpoint = try World().endpoint
        let now = Timestamp(milliseconds: 1_800_000_000_000)
        _ = endpoint.handle(.run(order), at: now)
        let later = now + .hours(1)
        func calls(_ effects: [SimulatorEffect]) -> [WebhookCall] {
            effects.compactMap { if case .call(let call) = $0 { call } else { nil } }
        }
        #expect(calls(endpoint.advance(to: later)).map(\.number) == [1])
        #expect(endpoint.advance(to: later + .seconds(60)).isEmpty)
        endpoint.repeatUnansweredCalls(at: later + .seconds(60))
        #expect(calls(endpoint.advance(to: later + .seconds(60))).map(\.number) == [1])
    }
}
