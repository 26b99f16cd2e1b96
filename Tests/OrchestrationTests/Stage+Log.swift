import Training
import TrainingPorts

@testable import Orchestration

extension Stage {
    /// The first job's worker says this now.
    mutating func tell(_ text: String) {
        give(
            .logLines(
                Stage.attempt(1), [WorkerLogLine(id: now.description, source: "container", time: now, line: text)]))
    }

    /// Lines of the first job's worker that come together.
    func heap(_ texts: String...) -> Input {
        .logLines(Stage.attempt(1), texts.map { WorkerLogLine(id: $0, source: "container", time: now, line: $0) })
    }

    /// How the trainer draws its progress.
    /// - Parameter elapsed: since the first step, as the trainer counts it.
    static func bar(_ step: Int, after elapsed: String = "00:00") -> String {
        "\rsteps:  1%|▏ | \(step)/1500 [\(elapsed)<20:00,  1.00it/s, avr_loss=0.3]"
    }
}
