import Training
import TrainingPorts

@testable import Orchestration

extension Stage {
    /// Jobs of these actors; the request of the first is on its way.
    static func submitting(_ actors: Int...) -> Stage {
        var stage = Stage()
        stage.train(actors)
        stage.prepare(1)
        return stage
    }

    /// Jobs of these actors; RunPod has accepted the first.
    static func launched(_ actors: Int...) -> Stage {
        var stage = Stage()
        stage.train(actors)
        stage.launch(1)
        return stage
    }

    /// A job that runs on worker `w1`, with all that is asked at the start not answered yet.
    static func onWorker(_ edit: (inout Policy) -> Void = { _ in }) -> Stage {
        var policy = Policy()
        policy.managesEndpoint = true
        policy.pricePerSecond = 0.00031
        edit(&policy)
        var stage = Stage(policy: policy)
        stage.train(1)
        stage.launch(1)
        stage.report(1, worker: "w1")
        return stage
    }

    mutating func report(_ job: Int, worker: String, progress: TrainingProgress? = nil) {
        let observation = RunPodObservation(state: .inProgress, delayTime: 1000, worker: worker)
        give(
            .statusRead(
                Stage.attempt(job), .known(JobReport(id: Stage.runpod(job), observation: observation, progress: progress))))
    }
}
