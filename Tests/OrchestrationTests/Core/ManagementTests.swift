import EngineAPI
import Testing
import Training
import TrainingPorts

@testable import Orchestration

@Suite("What the management API tells of GPU, prices and balance")
struct ManagementTests {
    private let id = Stage.attempt(1)

    @Test("nothing of it is asked for without the management API, nor while nothing runs")
    func quiet() {
        var plain = Stage.onWorker { $0.managesEndpoint = false }
        plain.wait(600)
        #expect(!plain.asks(.account) && !plain.asks(.prices) && !plain.asks(.workers) && !plain.asks(.log(id)))
        var idle = Stage(
            policy: {
                var policy = Policy(); policy.managesEndpoint = true; return policy
            }())
        idle.wait(600)
        #expect(!idle.asks(.account) && !idle.asks(.prices) && idle.core.deadline(after: idle.now) == nil)
    }

    @Test("the GPU that it got is recorded once, and the price is that GPU's from then on")
    func gpu() {
        var stage = Stage.onWorker()
        #expect(stage.asks(.account) && stage.asks(.log(id)))
        #expect(stage.ledger[id]?.pricePerHour == Money(microdollars: 1_116_000))
        stage.give(.pricesRead(.known(.published)))
        #expect(!stage.asks(.workers))
        stage.give(.endpointRead(.known(EndpointFacts(id: "e"))))
        #expect(stage.asks(.workers))
        let worker = WorkerFacts(id: "w1", status: "RUNNING", gpu: "NVIDIA L40S")
        stage.give(.workersRead(.known([WorkerFacts(id: "w0", gpu: "NVIDIA B200"), worker])))
        #expect(stage.ledger[id]?.gpu == GPUFact(worker: "w1", gpu: "NVIDIA L40S", perHour: Money(microdollars: 1_908_000)))
        #expect(stage.ledger.burnPerHour == Money(microdollars: 1_908_000))
        stage.wait(300)
        #expect(stage.count("gpu.identified") == 1 && !stage.asks(.workers))
    }

    @Test("a worker with four GPUs costs four times as much")
    func gpus() {
        var stage = Stage.onWorker()
        stage.give(.pricesRead(.known(.published)))
        stage.give(.endpointRead(.known(EndpointFacts(id: "e", pools: ["ADA_48_PRO"], gpuCount: 4))))
        stage.give(.workersRead(.known([WorkerFacts(id: "w1", gpu: "NVIDIA L40S")])))
        #expect(stage.ledger[id]?.gpu?.perHour == Money(microdollars: 4 * 1_908_000))
        #expect(stage.ledger.burnPerHour == Money(microdollars: 4 * 1_908_000))
    }

    @Test("the next order is priced by the endpoint's pools, unless the operator set a price", arguments: [false, true])
    func outlook(isSet: Bool) {
        var stage = Stage.onWorker {
            $0.isPriceSet = isSet
            $0.pricePerSecond = 0.5
        }
        #expect(stage.core.runtime.outlook == nil)
        stage.give(.pricesRead(.known(.published)))
        stage.give(.endpointRead(.known(EndpointFacts(id: "e", pools: ["AMPERE_48", "ADA_24"], gpuCount: 2))))
        #expect(stage.core.runtime.outlook?.range.upperBound == Money(microdollars: isSet ? 1_800_000_000 : 2 * 1_224_000))
        stage.complete(1)
        stage.train(2)
        stage.launch(2)
        let price = stage.ledger[Stage.attempt(2)]?.order?.expectation.pricePerSecond
        #expect(price.map { abs($0 - (isSet ? 0.5 : 0.00068)) < 1e-9 } == true)
    }

    @Test("prices and endpoint are asked for before anything runs, and not again for nothing")
    func early() {
        var policy = Policy()
        policy.managesEndpoint = true
        var idle = Stage(policy: policy)
        #expect(idle.core.runtime.underWay.isSuperset(of: [.prices, .endpoint]))
        idle.give(.pricesRead(.known(.published)))
        var told = idle
        told.give(.endpointRead(.known(EndpointFacts(id: "e"))))
        told.wait(3600)
        told.train(1)
        #expect(!told.asks(.prices) && !told.asks(.endpoint))
        // What was not told is asked again, but nobody wakes for that.
        idle.give(.endpointRead(.failed("no answer")))
        idle.now = idle.now + .seconds(100)
        idle.give(.time)
        #expect(!idle.asks(.endpoint))
        idle.now = idle.now + .hours(1)
        idle.train(1)
        #expect(idle.asks(.endpoint) && !idle.asks(.prices))
    }

    @Test("prices that cannot be read are stood in for by the published ones")
    func noPrices() {
        var stage = Stage.onWorker()
        stage.give(.pricesRead(.refused("RunPod answered 401: no")))
        stage.give(.endpointRead(.refused("RunPod answered 401: no")))
        #expect(stage.asks(.workers))
        #expect(stage.lines.contains { $0.text.contains("stand in") && $0.severity == .warning })
    }

    @Test("the balance keeps its age when it cannot be read")
    func balance() {
        var stage = Stage.onWorker()
        stage.give(.accountRead(.known(AccountFacts(balance: Money(microdollars: 5_000_000)))))
        let told = stage.now
        stage.wait(200)
        #expect(stage.asks(.account))
        stage.give(.accountRead(.failed("no answer")))
        #expect(
            stage.core.runtime.account
                == AccountReading(balance: Money(microdollars: 5_000_000), asOf: told, fault: "no answer"))
    }
}
