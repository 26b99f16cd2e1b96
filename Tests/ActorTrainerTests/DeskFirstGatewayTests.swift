import ActorMakerClient
import HTTPTestSupport
import JSONText
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import ActorTrainer

@Suite("A key of our own beside a server")
struct DeskFirstGatewayTests {
    private let job = RunPodID("j-e1")

    private func desk(_ path: String) -> FakeServer.Answer? {
        switch path {
        case "/api/actor-trainer": .init(body: #"{"name":"actor-trainer","desk":true}"#)
        case "/api/training/start": .init(body: #"{"success":true,"job_id":"j-e1","status":"IN_QUEUE"}"#)
        case "/api/training/status": .init(body: #"{"jobId":"j-e1","status":"IN_PROGRESS"}"#)
        case "/api/training/cancel": .init(body: #"{"success":true,"jobId":"j-e1","status":"IN_PROGRESS"}"#)
        default: nil
        }
    }

    private func own() -> ScriptedGateway {
        let own = ScriptedGateway()
        own.answerStatus(of: job, .known(JobReport(id: job, observation: RunPodObservation(state: .inQueue))))
        return own
    }

    @Test("while the desk answers it is asked, and once it has gone our own key is used, for a cancel too")
    func gone() async throws {
        let own = own()
        let job = job
        let (gateway, connection) = try #require(
            try await FakeServer.with({ desk($0) }) { server in
                let connection = try ServerConnection(base: server.base)
                let gateway = DeskFirstGateway(own: own, server: connection)
                #expect(await gateway.submit(["input": [:]]) == .accepted(job, .inQueue))
                guard case .known(let report) = await gateway.status(of: job, at: "endpoint") else {
                    Issue.record("the desk was not asked")
                    return (gateway, connection)
                }
                #expect(report.observation.state == .inProgress && own.calls.isEmpty)
                return (gateway, connection)
            })
        #expect(await gateway.cancel(job, at: "endpoint") == .taken(RunPodObservation(state: .cancelled)))
        let status = await gateway.status(of: job, at: "endpoint")
        await connection.shutdown()
        guard case .known = status else {
            Issue.record("our own key was not used")
            return
        }
        #expect(own.calls == [.cancel(job), .status(job)])
    }

    @Test("a server whose desk cannot cancel leaves it to our own key")
    func cannotCancel() async throws {
        let own = own()
        let job = job
        try await FakeServer.with({ $0 == "/api/training/cancel" ? nil : desk($0) }) { server in
            let connection = try ServerConnection(base: server.base)
            let gateway = DeskFirstGateway(own: own, server: connection)
            _ = await gateway.submit(["input": [:]])
            #expect(await gateway.cancel(job) == .taken(RunPodObservation(state: .cancelled)))
            await connection.shutdown()
        }
        #expect(own.calls == [.cancel(job)])
    }
}
