import EngineAPI
import Training
import TrainingPorts

/// What the core keeps in memory only: readings, pauses, and what is under way. A restart begins with none of it.
struct Runtime: Sendable {
    var underWay: Set<Work> = []
    var watches: [AttemptID: Watch] = [:]
    var cast = CastReading()
    var castDue: Timestamp?
    var health: HealthReading?
    var healthDue: Timestamp?
    var route: RouteReading?
    var progress: [AttemptID: ProgressReading] = [:]
    var checks: [AttemptID: CheckReading] = [:]
    /// Why the journal takes nothing at the moment; while it is set nothing is submitted.
    var journalFault: String?

    subscript(watch id: AttemptID) -> Watch {
        get { watches[id] ?? Watch() }
        set { watches[id] = newValue }
    }
}

/// What is remembered of one attempt between two looks at it.
struct Watch: Hashable, Sendable {
    /// When RunPod is asked again; nil is at once.
    var pollDue: Timestamp?
    var answers = 0
    var failures = 0
    /// Answers of 404 in a row.
    var notFound = 0
    /// RunPod has forgotten the job; the model store decides.
    var isGone = false
    var cancelDue: Timestamp?
    var modelDue: Timestamp?
    var modelLooks = 0
    /// Where the job said that its model is.
    var address: String?
    var stored: StoredModel?
    var bookDue: Timestamp?
    var bookFailures = 0
    /// The store or the server cannot say or do more about the model.
    var isModelSettled = false
    var sendFailures = 0
    /// A webhook came before RunPod's answer; it is used should the answer be lost.
    var early: WebhookNews?
    var lastNews: WebhookNews?
}
