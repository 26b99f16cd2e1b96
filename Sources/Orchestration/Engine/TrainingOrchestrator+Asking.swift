import EngineAPI
public import Training
import TrainingPorts

extension TrainingOrchestrator {
    /// Whether a request was made here: messages about any other are nobody's.
    public func knows(_ request: RequestID) -> Bool { core.ledger.attempt(withRequest: request) != nil }

    /// Puts a line into the log that comes from around the engine: a listener's refusal, a port that was taken.
    public func note(_ text: String, _ severity: Note.Severity, about request: RequestID? = nil) {
        let attempt = request.flatMap { core.ledger.attempt(withRequest: $0)?.id }
        publish([.log(LogLine(time: surroundings.clock.now(), severity: severity, attempt: attempt, text: text))])
    }
}
