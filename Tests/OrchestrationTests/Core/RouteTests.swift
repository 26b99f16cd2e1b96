import EngineAPI
import Testing
import Training
import TrainingPorts

@testable import Orchestration

@Suite("The webhook's way from outside")
struct RouteTests {
    private static let up = RouteState.up(address: "https://a.example.org", detail: "ngrok")

    private func running(_ route: RouteState = up) -> Stage {
        var stage = Stage()
        stage.give(.routeRead(route))
        stage.train(1)
        stage.launch(1)
        // Past the first, quick questions.
        for _ in 0..<6 {
            stage.wait(30)
            stage.running()
        }
        return stage
    }

    @Test("is tested every five minutes while something runs, every minute while it is down, and never else")
    func rhythm() {
        var stage = running()
        stage.give(.routeRead(RouteTests.up))
        stage.wait(299)
        #expect(!stage.asks(.route))
        stage.wait(1)
        #expect(stage.asks(.route))
        stage.give(.routeRead(.down("gone")))
        stage.wait(60)
        #expect(stage.asks(.route))
        stage.give(.routeRead(.down("gone")))
        stage.give(
            .statusRead(Stage.attempt(1), .known(JobReport(id: Stage.runpod(1), observation: RunPodObservation(state: .failed)))))
        stage.wait(3600)
        #expect(stage.outcome(1) == .failed && !stage.asks(.route))
    }

    @Test("quickens polling when it breaks, and lets it slow down when it is back")
    func quickens() {
        var stage = running()
        stage.wait(1)
        #expect(!stage.asks(.status(Stage.attempt(1))))
        stage.give(.routeRead(.down("the tunnel's address is offline")))
        stage.wait(10)
        #expect(stage.asks(.status(Stage.attempt(1))))
        stage.running()
        stage.wait(10)
        #expect(stage.asks(.status(Stage.attempt(1))))
        stage.give(.routeRead(RouteTests.up))
        stage.running()
        stage.wait(29)
        #expect(!stage.asks(.status(Stage.attempt(1))))
        #expect(stage.lines.contains { $0.severity == .warning && $0.text.contains("address is offline") })
    }

    @Test("that leads to another address is said for as long as trainings run that know the old one")
    func changed() {
        var stage = running()
        stage.give(.routeRead(.up(address: "https://b.example.org", detail: "ngrok")))
        let time = stage.core.runtime.route?.changedAt
        #expect(time != nil && stage.core.runtime.isWebhookDoubtful)
        #expect(stage.lines.last.map { $0.severity == .warning && $0.text.contains("https://b.example.org") } == true)
        stage.wait(10)
        #expect(stage.asks(.status(Stage.attempt(1))))
        stage.give(.routeRead(.up(address: "https://b.example.org", detail: "ngrok")))
        #expect(stage.core.runtime.route?.changedAt == time)
        stage.give(
            .statusRead(Stage.attempt(1), .known(JobReport(id: Stage.runpod(1), observation: RunPodObservation(state: .failed)))))
        stage.give(.routeRead(.up(address: "https://b.example.org", detail: "ngrok")))
        #expect(stage.core.runtime.route?.changedAt == nil && !stage.core.runtime.isWebhookDoubtful)
    }

    @Test("may have another address at the next training without any word")
    func changedBetween() {
        var stage = Stage()
        stage.give(.routeRead(RouteTests.up))
        stage.give(.routeRead(.up(address: "https://b.example.org", detail: "ngrok")))
        #expect(stage.core.runtime.route?.changedAt == nil)
    }
}

extension Stage {
    fileprivate mutating func running() {
        give(
            .statusRead(
                Stage.attempt(1), .known(JobReport(id: Stage.runpod(1), observation: RunPodObservation(state: .inProgress)))))
    }
}
