import EngineAPI
import Training
import TrainingPorts

/// What the core keeps in memory only: readings, pauses, and what is under way. A restart begins with none of it.
struct Runtime: Sendable {
    var underWay: Set<Work> = []
    /// How many of our clock's seconds pass in one of the network's; 1 outside of a simulation.
    var timeScale = 1.0
    var watches: [AttemptID: Watch] = [:]
    var cast = CastReading()
    var castDue: Timestamp?
    /// When the reading that is under way was asked for: what was written later does not show in it.
    var castStarted: Timestamp?
    /// Something was written that only a reading begun after it will show.
    var isCastWanted = false
    /// Pending versions of the newest cast that no attempt accounts for.
    var foreign: [ForeignJob] = []
    /// When RunPod is asked for one of them again; `never` until a refresh.
    var foreignDue: [RunPodID: ForeignDue] = [:]
    var health: HealthReading?
    var healthDue: Timestamp?
    /// When the endpoint is read for the last time after all has ended; nil when that is done or nothing has ended.
    var lastHealthDue: Timestamp?
    var lastHealthTries = 0
    var route: RouteReading?
    /// When verdicts that did not get through are sent again.
    var markDue: Timestamp?
    var markFailures = 0
    var routeDue: Timestamp?
    /// The public address that was last seen to work; jobs were sent with it.
    var lastAddress: String?
    var account: AccountReading?
    var accountDue: Timestamp?
    var prices: PriceCatalogue?
    var pricesDue: Timestamp?
    var pricesFault: String?
    /// The endpoint's pools and how many GPUs its workers have; one, of unknown pools, where RunPod does not tell.
    var endpoint: EndpointFacts?
    var endpointDue: Timestamp?
    var endpointFault: String?
    /// What a worker should cost; nil until prices and endpoint were asked for.
    var outlook: PriceOutlook?
    var workersDue: Timestamp?
    var workersFault: String?
    var follows: [AttemptID: Follow] = [:]
    /// The id of the newest line that each worker's log has given, whatever it was training: the next attempt there reads on from it.
    var logEnds: [String: String] = [:]
    /// What the budget has said already.
    var budgetWarnings: Set<String> = []
    var progress: [AttemptID: ProgressReading] = [:]
    var checks: [AttemptID: CheckReading] = [:]
    /// Why the journal takes nothing at the moment; while it is set nothing is submitted.
    var journalFault: String?
    /// When the journal is tried again.
    var journalDue: Timestamp?
    /// How often it was tried when that was due, and took nothing.
    var journalFailures = 0
    /// It has been said that the models in the store may not be listed.
    var isListingFaultTold = false
    /// Inputs that could not be recorded and that nobody can tell again.
    var owed: [Input] = []
    /// The program is about to end: what comes in is recorded, and nothing new is begun.
    var isStopping = false
    /// The newest commands and what was answered, so that one that comes twice is done once.
    var answered: [AnsweredCommand] = []

    subscript(watch id: AttemptID) -> Watch {
        get { watches[id] ?? Watch() }
        set { watches[id] = newValue }
    }

    mutating func remember(_ command: AnsweredCommand) {
        answered.append(command)
        if answered.count > 64 { answered.removeFirst() }
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
    /// A webhook came while RunPod was being asked: that answer may be older than the news.
    var isHinted = false
    /// When RunPod last said that it has not ended.
    var seenAt: Timestamp?
    /// RunPod did not know the job when it was asked last: its model is looked for, too.
    var isGone = false
    var cancelDue: Timestamp?
    var modelDue: Timestamp?
    /// Looks that were answered without a model.
    var modelLooks = 0
    /// Whether one of them was a look: somebody had access and knew where to look.
    var wasLookedFor = false
    /// The time of a file under its model's name that is older than its order; told once.
    var olderModel: Timestamp?
    /// Looks in a row that the store did not answer.
    var modelFailures = 0
    /// Where the job said that its model is.
    var address: String?
    var stored: StoredModel?
    var bookDue: Timestamp?
    var bookFailures = 0
    /// When something was last written for it.
    var bookedAt: Timestamp?
    /// How often what was written had vanished.
    var repairs = 0
    /// The store or the server cannot say or do more about the model.
    var isModelSettled = false
    /// Somebody takes away again and again what was written; a restart tries anew.
    var isGivenUp = false
    var sendFailures = 0
}

/// A pending version that somebody else saved.
struct ForeignJob: Hashable, Sendable {
    var actor: ActorID
    var name: String
    var version: VersionRecord

    var runpod: RunPodID { RunPodID(version.id) }
}

enum ForeignDue: Hashable, Sendable {
    case at(Timestamp)
    case never
}

struct AnsweredCommand: Hashable, Sendable {
    var id: String
    var reply: Reply
}
