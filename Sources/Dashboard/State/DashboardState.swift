public import EngineAPI
import TerminalUI
import Training

/// Everything that the dashboard shows, as one value: the engine's facts and readings, and what the operator has done here.
///
/// It has no clock and no chance of its own: time comes with snapshot and ticks, command ids are a prefix and a number.
public struct DashboardState: Hashable, Sendable {
    // What the engine said.
    var now: Timestamp
    var ledger: Ledger
    var source: SourceDescription
    var castAsOf: Timestamp?
    var castFault: String?
    var health: HealthReading?
    var route: RouteReading?
    var account: AccountReading?
    var prices: PriceOutlook?
    /// Why the engine's journal takes nothing.
    var journalFault: String?
    var progress: [AttemptID: ProgressReading]
    var checks: [AttemptID: CheckReading]
    var connection = Connection.live
    /// Commands on their way, in words, by their id.
    var pending: [String: String] = [:]
    /// The parallelism that was asked for last, until the engine has said it too: three quick presses are three steps.
    var wishedParallelism: Int?

    // What is shown.
    var actors = ActorBook()
    var trainings = TrainingBook()
    var log = LogBook()
    var focus = Pane.actors
    var dialog: Dialog?
    /// Whether the focused pane's filter is being typed.
    var isFiltering = false
    /// The log is narrowed to the selected training.
    var isNarrowed = false
    var message: StatusMessage?
    var width: Int
    var height: Int

    /// The command that leads back to this dashboard, with all options that lead there; nil where nobody told.
    let wayBack: String?

    private let commandPrefix: String
    private var commandCount = 0
    /// Whether a start waits for a check of what it needs.
    let checksPlans: Bool
    /// The number of the plan that was opened last.
    var planCount = 0
    /// A plan that was started before its check had come back.
    var wantedPlan: PlanSheet?

    enum Connection: Hashable, Sendable {
        case live
        /// Updates were missed; those that come are of no use until the next snapshot.
        case stale
        case lost(String)
    }

    /// - Parameters:
    ///   - commandPrefix: what makes this dashboard's command ids differ from those of any other one, ever.
    ///   - wayBack: the command that leads back here, for whoever leaves while something runs.
    ///   - checksPlans: whether the program answers `DashboardEffect.check`; a plan is started without one otherwise.
    public init(
        snapshot: Snapshot, commandPrefix: String, wayBack: String? = nil, checksPlans: Bool = false, width: Int = 80,
        height: Int = 24
    ) {
        self.commandPrefix = commandPrefix
        self.checksPlans = checksPlans
        self.wayBack = wayBack
        self.width = width
        self.height = height
        now = snapshot.now
        ledger = snapshot.ledger
        source = snapshot.source
        progress = snapshot.progress
        checks = snapshot.checks
        takeReadings(of: snapshot)
        appendNews(of: snapshot, after: nil)
    }

    /// Takes in one input; gives what the program has to do for it.
    public mutating func reduce(_ input: DashboardInput) -> [DashboardEffect] {
        switch input {
        case .terminal(let input): return take(input)
        case .attached(let snapshot): return attach(snapshot)
        case .update(let update): return take(update)
        case .replied(let id, let reply):
            take(reply, to: id)
            return []
        case .noticed(let notice): return [.tell(notice)]
        case .checked(let plan, let report): return take(report, forPlan: plan)
        case .engineLost(let sentence):
            connection = .lost(sentence)
            say(sentence, .alarm)
            return [.bell]
        }
    }

    var layout: ScreenLayout? { ScreenLayout(width: width, height: height, focus: focus) }

    /// Lines for rows in a pane; 0 where it is not seen.
    func rows(of pane: Pane) -> Int { layout?.rows(of: pane) ?? 0 }

    /// Who gets the next key.
    var context: KeyContext {
        if layout == nil { return .tooSmall }
        if let dialog { return dialog.context }
        return isFiltering ? .filter : focus.context
    }

    mutating func nextCommandID() -> String {
        commandCount += 1
        return "\(commandPrefix)-\(commandCount)"
    }

    /// Puts a sentence on the line above the footer, and into the log so that it is not gone with the next key.
    mutating func say(_ text: String, _ severity: Note.Severity = .info, logged: Bool = true) {
        message = StatusMessage(text: text, severity: severity)
        if logged { log.append(now, severity, text, height: rows(of: .log)) }
    }
}
