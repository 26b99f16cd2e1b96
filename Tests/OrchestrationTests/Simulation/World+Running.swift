import EngineAPI
import Training

@testable import Orchestration

extension World {
    static let hour: Int64 = 3_600_000

    /// One history: a day of faults, then quiet in which everything must come to an end.
    func live() {
        schedule(.starts(mayContinue: false), in: 0)
        schedule(.operates, in: 60_000)
        schedule(.disturbs, in: 120_000)
        run(until: now + 10 * World.hour)
        calmDown()
        checkAtTheEnd()
    }

    /// No more faults; the operator looks once an hour and lets the queue move.
    func calmDown() {
        guard violations.isEmpty else { return }
        note("quiet")
        faults = .none
        (isNetworkUp, isDiskFull) = (true, false)
        agenda = agenda.filter { if case .operates = $0 { false } else if case .disturbs = $0 { false } else { true } }
        if core == nil { schedule(.starts(mayContinue: true), in: 60_000) }
        run(until: max(now, asleepUntil) + World.hour)
        let last = ActorID(project.actors.count - 1)
        startForeign(last)
        for hour in 0..<40 where violations.isEmpty {
            say(.refresh)
            if core?.ledger.queue.hold != nil { say(.resume) }
            run(until: now + World.hour)
            if hour == 3 { checkAdoption(of: last) }
            if hour > 4, core?.ledger.openAttempts.isEmpty == true { return }
        }
    }

    /// A training that somebody else starts in quiet times is found, watched and ended.
    private func checkAdoption(of actor: ActorID) {
        guard let entry = foreign[actor]?.last else { return }
        let job = core?.ledger.jobs.first { $0.latest.runpod?.rawValue == entry.id }
        if job == nil { violate("nobody adopted \(entry.id), which somebody else started") }
    }
}

extension Agenda {
    func filter(_ isKept: (Value) -> Bool) -> Agenda {
        var result = Agenda()
        for entry in sorted where isKept(entry.value) { result.insert(entry.value, at: entry.time) }
        return result
    }
}
