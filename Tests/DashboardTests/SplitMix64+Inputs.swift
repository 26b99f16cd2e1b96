import ChanceTestSupport
import EngineAPI
import TerminalUI
import Training

@testable import Dashboard

/// Inputs by chance.
extension SplitMix64 {
    mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &self) }

    /// Mostly keys, else whatever the engine or the terminal may say.
    mutating func input(_ world: inout World) -> DashboardInput {
        switch number(0..<20) {
        case 0: return .terminal(.paste("y all\n\u{1B}"))
        case 1: return .terminal(.resized(width: number(0..<200), height: number(0..<60)))
        case 2, 3, 4: return .update(.fact(fact(&world)))
        case 5: return .update(.reading(reading(&world)))
        case 6: return .attached(world.snapshot)
        case 7:
            return number(0..<4) == 0 ? .engineLost("gone") : .replied(commandID: "c-\(number(0..<9))", .refused(message: "no"))
        default: return .terminal(.key(key()))
        }
    }

    private mutating func key() -> Key {
        let others: [Key] = [
            .enter, .escape, .tab, .backTab, .backspace, .up, .down, .home, .end, .pageUp, .pageDown, .control("d"),
            .control("u"),
            .control("c"), .function(5), .left, .delete,
        ]
        if number(0..<3) == 0 { return others.randomElement(using: &self) ?? .enter }
        return .character("?qj kgGaut/xXrRhm+-!vDlfsdo123ync".randomElement(using: &self) ?? "j")
    }

    private mutating func fact(_ world: inout World) -> EventRecord {
        let job = number(1..<world.ledger.jobs.count + 2)
        let events: [Event] = [
            .jobQueued(QueuedJob(actor: ActorID(5), name: "x", origin: .automatic)),
            .attemptQueued(QueuedAttempt(reason: "asked for")),
            .preparationStarted, .attemptPrepared(.make(actor: 5, version: number(1..<2000))),
            .submissionIntended(Intent(sending: 2)),
            .submissionUncertain(Doubt(reason: "cut")), .statusObserved(RunPodObservation(state: .inProgress)), .cancelRequested,
            .attemptEnded(Ending(outcome: .failed, at: world.now, reason: "because")),
            .queueHeld(Hold(cause: .failures, reason: "two")),
            .queueResumed, .lateNews(Note(severity: .alarm, text: "late")), .parallelismSet(ParallelismSetting(value: 3)),
        ]
        let event = events.randomElement(using: &self) ?? .queueResumed
        if case .jobQueued = event { return world.happen(event, job: world.ledger.jobs.count + 1) }
        return world.happen(event, job: job, attempt: number(1..<3))
    }

    private mutating func reading(_ world: inout World) -> Reading {
        world.pass(minutes: 1)
        let attempt = AttemptID(job: JobID(number(1..<6)), number: 1)
        switch number(0..<4) {
        case 0:
            world.actors.shuffle(using: &self)
            return .cast(CastReading(actors: Array(world.actors.prefix(number(0..<world.actors.count))), asOf: world.now))
        case 1:
            let progress = TrainingProgress(step: number(0..<3000), steps: number(0..<3000))
            return .progress(attempt, ProgressReading(progress: progress, asOf: world.now, rate: Double(number(-1..<5))))
        case 2: return .log(LogLine(time: world.now, severity: .warning, attempt: attempt, text: "日本 \u{1B}[2J"))
        default: return .tick(world.now)
        }
    }
}
