import EngineAPI
import Training
import TrainingPorts

@testable import Orchestration

extension World {
    /// What must hold after every step.
    func checkAlways() {
        guard let ledger = core?.ledger else { return }
        var open: Set<ActorID> = []
        var unsettled: [AttemptID] = []
        for job in ledger.jobs {
            for attempt in job.attempts {
                if !attempt.isSettled { unsettled.append(attempt.id) }
                guard let ending = attempt.phase.ending else {
                    if endings[attempt.id] != nil { violate("\(attempt.id) had ended and is open again") }
                    if !open.insert(attempt.actor).inserted { violate("actor \(attempt.actor) has two open attempts") }
                    continue
                }
                if let earlier = endings[attempt.id] {
                    if earlier != ending { violate("\(attempt.id) had ended as \(earlier) and is \(ending) now") }
                } else {
                    endings[attempt.id] = ending
                    countEnd(attempt, ending)
                }
            }
        }
        if ledger.unsettledAttempts.map(\.id) != unsettled { violate("what is unsettled is \(unsettled), and not what is kept") }
    }

    private func countEnd(_ attempt: Attempt, _ ending: Ending) {
        count("ended as \(ending.outcome.rawValue)")
        if attempt.isAdopted { count("an adopted job ended") }
        if attempt.isAutomaticRetry { count("tried again by itself") }
        if attempt.sendings > 1 { count("sent again under the same id") }
        if attempt.runpod == nil, attempt.sendings > 0 {
            if ending.outcome == .completed { count("doubt ended by the model") }
            if ending.outcome == .lost { count("doubt ended by the horizon") }
        }
    }

    /// What must hold when everything has been quiet for a day.
    func checkAtTheEnd() {
        guard violations.isEmpty else { return }
        guard let core else { return violate("the process is not running at the end") }
        let ledger = core.ledger
        var folded = Ledger()
        for record in journal { folded.apply(record) }
        if folded != ledger { violate("the journal's fold is not the state") }
        for attempt in ledger.openAttempts {
            violate("\(attempt.id) never ended: \(attempt.phase), \(String(describing: ledger.queue.hold))")
        }
        if !ledger.wantedMarks.isEmpty { violate("verdicts were never given: \(ledger.wantedMarks)") }
        checkVersions(ledger)
        checkAdopted(ledger)
        checkBooks(ledger)
        checkJobs(ledger)
        for job in ledger.jobs where job.origin == .adopted { count("adopted") }
        if ledger.queue.hold?.cause == .failures { count("the breaker held the queue") }
        for record in journal {
            if case .versionVanished = record.event { count("a version was saved again") }
            if case .modelVanished = record.event { count("a model was recorded again") }
            if case .queueHeld(let hold) = record.event { count("held: \(hold.cause.rawValue)") }
            if case .submissionAccepted(let acceptance) = record.event, acceptance.evidence == "webhook" {
                count("bound by a webhook")
            }
        }
    }

    private func checkVersions(_ ledger: Ledger) {
        var names: Set<ModelName> = []
        for attempt in ledger.jobs.flatMap(\.attempts) where attempt.order != nil {
            guard let model = attempt.model else { continue }
            if !names.insert(model).inserted { violate("\(model) was ordered twice") }
        }
    }

    private func checkBooks(_ ledger: Ledger) {
        for attempt in ledger.jobs.flatMap(\.attempts) where attempt.order != nil {
            let actor = project[attempt.actor].profile
            if let id = attempt.versionID {
                let record = actor.versions.first { $0.id == id.rawValue }
                let expected: VersionRecord.Status = attempt.outcome == .completed ? .completed : .failed
                if record?.status != expected {
                    violate(
                        "\(attempt.id) ended as \(String(describing: attempt.outcome)), its version is \(String(describing: record))"
                    )
                }
            }
            if attempt.outcome == .completed, let model = attempt.model, case .present = store[model],
                !actor.models.contains(where: { $0.filename == model.fileName })
            {
                violate("\(attempt.id) completed, and its model is not in the manifest")
            }
        }
        for (actor, entries) in foreign {
            for entry in entries where !project[actor].profile.versions.contains(where: { $0.id == entry.id }) {
                violate("somebody else's version \(entry.id) of actor \(actor) is gone")
            }
        }
    }

    /// Somebody else's trainings end in his list as they ended, whoever wrote it.
    private func checkAdopted(_ ledger: Ledger) {
        for attempt in ledger.jobs.flatMap(\.attempts) where attempt.isAdopted && attempt.phase.isDone {
            guard let runpod = attempt.runpod,
                let record = project[attempt.actor].profile.versions.first(where: { $0.id == runpod.rawValue })
            else { continue }
            let expected: VersionRecord.Status = attempt.outcome == .completed ? .completed : .failed
            if record.isOpen || record.status != expected && !closedByOthers.contains(runpod) {
                violate("\(attempt.id) ended as \(String(describing: attempt.outcome)), its version is \(record)")
            }
        }
    }

    /// The bill and the ledger agree.
    private func checkJobs(_ ledger: Ledger) {
        for job in runpod.jobs {
            guard let request = job.request else { continue }
            guard let attempt = ledger.attempt(withRequest: request) else {
                violate("RunPod ran \(request), of which nobody here knows")
                continue
            }
            if job.leftModel, ledger[attempt.id.job]?.attempts.first(where: { $0.id > attempt.id })?.isAutomaticRetry == true {
                violate("\(attempt.id) had left its model, and was paid again by itself")
            }
            if case .present = store[job.model], job.state == .completed, attempt.outcome != .completed,
                !resolvedByHand.contains(attempt.id), attempt.cancelRequestedAt == nil
            {
                violate("\(attempt.id) left a paid model and ended as \(String(describing: attempt.phase.ending))")
            }
            if let known = attempt.observed?.executionTime, attempt.observed?.state.isFinal == true, known != job.executionTime {
                violate("\(attempt.id) ran \(String(describing: job.executionTime)) ms, the ledger says \(known)")
            }
        }
    }
}
