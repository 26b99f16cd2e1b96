import EngineAPI
import Training

@testable import Orchestration

extension World {
    static let hour: Int64 = 3_600_000

    /// One history: a day of faults, then quiet in which everything must come to an end.
    func live() {
        run(History())
        checkAtTheEnd()
    }

    func run(_ history: History) {
        var history = history
        while let end = history.next(self) { run(until: end) }
    }
}

/// What is said and done from outside in one history, part by part: who runs the world lets time pass in between.
struct History {
    private enum Part { case faults, calm, settled, quiet(Int), over }

    private var part: Part

    /// - Parameter isCalm: without the day of faults.
    init(isCalm: Bool = false) { part = isCalm ? .calm : .faults }

    /// Begins the next part.
    /// - Returns: until when it lasts; nil when all is over.
    mutating func next(_ world: World) -> Int64? {
        guard world.violations.isEmpty else { return nil }
        switch part {
        case .faults:
            part = .calm
            return world.beginFaults()
        case .calm:
            part = .settled
            return world.calmDown()
        case .settled:
            part = .quiet(0)
            world.startForeignInQuiet()
        case .quiet(let hour):
            part = world.isQuiet(after: hour) ? .over : .quiet(hour + 1)
        case .over: return nil
        }
        guard case .quiet = part else { return nil }
        return world.beginQuietHour()
    }
}

extension World {
    fileprivate func beginFaults() -> Int64 {
        schedule(.starts(mayContinue: false), in: 0)
        schedule(.operates, in: 60_000)
        schedule(.disturbs, in: 120_000)
        return now + 10 * World.hour
    }

    /// No more faults.
    fileprivate func calmDown() -> Int64 {
        note("quiet")
        faults = .none
        (isNetworkUp, isDiskFull) = (true, false)
        agenda = agenda.filter { happening in
            switch happening {
            case .operates, .disturbs, .quits: false
            default: true
            }
        }
        if core == nil { schedule(.starts(mayContinue: true), in: 60_000) }
        return max(now, asleepUntil) + World.hour
    }

    private var lastActor: ActorID { ActorID(project.actors.count - 1) }

    fileprivate func startForeignInQuiet() { startForeign(lastActor) }

    /// The operator looks once an hour and lets the queue move.
    fileprivate func beginQuietHour() -> Int64 {
        say(.refresh)
        if core?.ledger.queue.hold != nil { say(.resume) }
        return now + World.hour
    }

    /// Whether all is over after so many quiet hours.
    fileprivate func isQuiet(after hour: Int) -> Bool {
        if hour == 3 { checkAdoption(of: lastActor) }
        return hour >= 39 || hour > 4 && core?.ledger.openAttempts.isEmpty == true
    }

    /// A training that somebody else starts in quiet times is found, watched and ended.
    private func checkAdoption(of actor: ActorID) {
        guard let entry = foreign[actor]?.last else { return }
        let job = core?.ledger.jobs.first { $0.latest.runpod?.rawValue == entry.id }
        if job == nil { violate("nobody adopted \(entry.id), which somebody else started") }
    }
}
