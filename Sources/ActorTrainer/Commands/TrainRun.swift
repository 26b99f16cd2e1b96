import EngineAPI
import Foundation
import JSONText
import Orchestration
import PlainOutput
import TerminalUI
import Training
import TrainingPorts

/// One run of `train`: reads the cast, asks, queues, and follows its jobs until each has ended.
struct TrainRun {
    let options: TrainCommand
    let session: Session

    private var isJSON: Bool { options.json }

    func run() async throws -> Int32 {
        if !isJSON { Output.print(SeedScript.banner + [SeedScript.loading]) }
        let attachment = await session.engine.attach()
        var updates = attachment.updates.makeAsyncIterator()
        let snapshot = try await castReading(attachment.snapshot, &updates)
        let ledger = snapshot.ledger
        let cast = snapshot.cast.actors
        if let unknown = options.actors.first(where: { number in !cast.contains { $0.id == ActorID(number) } }) {
            throw Failure(.usage, "there is no actor \(unknown); “actors” lists them")
        }
        if !isJSON {
            for note in snapshot.recentLines where note.severity != .info { Output.print(SeedScript.warning(note.text)) }
            Output.print(SeedScript.cast(cast, in: ledger))
        }

        let unfinished = ledger.jobs.filter { !$0.isDone }
        let choice = choose(from: cast, in: ledger, besides: unfinished.count)
        if options.dryRun { return dryRun(choice, cast, snapshot) }
        var (chosen, leftOut) = (choice.actors, choice.leftOut)
        tell(leftOut)
        if chosen.isEmpty, unfinished.isEmpty { return finish([], leftOut, at: snapshot.now) }
        if let obstacle = session.obstacle { throw Failure(.prerequisite, "nothing can be submitted: \(obstacle)") }
        var isWarned = false
        if !chosen.isEmpty { (chosen, isWarned) = try await passing(chosen, cast, snapshot) }
        try await confirm(chosen, cast, snapshot, isWarned: isWarned)
        if !isJSON { Output.print(SeedScript.limit(chosen.count + unfinished.count)) }

        let (queued, answer) = await queue(chosen)
        leftOut += await refused(chosen, queued, answer)
        let jobs = unfinished.map(\.id) + queued
        guard !jobs.isEmpty else {
            _ = complain(of: leftOut)
            return Failure.Code.refused.rawValue
        }
        return await follow(jobs, leftOut, from: snapshot, &updates)
    }

    /// Waits for the first reading of the cast, and for RunPod's prices where it can be asked for them.
    private func castReading(_ first: Snapshot, _ updates: inout AsyncStream<Update>.Iterator) async throws -> Snapshot {
        var snapshot = first
        while snapshot.cast.asOf == nil || (session.asksPrices && snapshot.prices == nil) {
            if snapshot.cast.asOf == nil, let fault = snapshot.cast.fault { throw Failure(.prerequisite, fault) }
            guard let update = await updates.next() else {
                throw Failure(.prerequisite, "the engine stopped before it had read the actors")
            }
            snapshot.take(update)
        }
        return snapshot
    }

    private func confirm(_ chosen: [ActorID], _ cast: [ActorProfile], _ snapshot: Snapshot, isWarned: Bool) async throws {
        guard !options.yes, !chosen.isEmpty else { return }
        guard Output.isTerminal else {
            throw Failure(.usage, "train spends money: say --yes where nobody can be asked, or --dry-run to see what it would do")
        }
        for actor in cast where chosen.contains(actor.id) {
            let plan = plan(for: actor, in: snapshot)
            Output.print(DisplayText(untrusted: "  \(planSentence(plan))"))
        }
        let spite = isWarned ? " in spite of the warnings" : ""
        guard try await Question.confirm("Train \(chosen.count == 1 ? "this actor" : "these \(chosen.count) actors")\(spite)?")
        else {
            throw Failure(.refused, "nothing was submitted")
        }
    }

    private func queue(_ chosen: [ActorID]) async -> (jobs: [JobID], message: String) {
        _ = await session.perform(.setParallelism(options.parallel))
        guard !chosen.isEmpty else { return ([], "") }
        let origin: Job.Origin = options.actors.isEmpty ? .automatic : .operator
        switch await session.perform(.train(actors: chosen, origin: origin, override: options.again)) {
        case .accepted(let message, let jobs, _): return (jobs, message)
        case .refused(let message): return ([], message)
        }
    }

    private func follow(
        _ jobs: [JobID], _ leftOut: [LeftOut], from first: Snapshot, _ updates: inout AsyncStream<Update>.Iterator
    ) async -> Int32 {
        var snapshot = first
        var report = TrainReport(jobs: jobs, ledger: first.ledger)
        if !isJSON { Output.print([SeedScript.checkingTunnel, SeedScript.route(snapshot.route)]) }
        while !isOver(jobs, snapshot.ledger), let update = await updates.next() {
            snapshot.take(update)
            if isJSON {
                if case .fact(let record) = update, let id = record.job, jobs.contains(id), let job = snapshot.ledger[id] {
                    Output.print(jobJSON(job, in: snapshot))
                }
            } else {
                Output.print(report.lines(for: update))
            }
        }
        // Interrupted: who did it is told what goes on, and a summary of unfinished trainings would look like an end.
        guard !Task.isCancelled else { return Failure.Code.interrupted.rawValue }
        return finish(
            jobs.compactMap { snapshot.ledger[$0]?.latest }, leftOut, at: snapshot.now, hold: snapshot.ledger.queue.hold)
    }

    /// Over when each job has ended with its books kept, or can only go on by the operator's hand.
    private func isOver(_ jobs: [JobID], _ ledger: Ledger) -> Bool {
        let isHeld = ledger.queue.hold != nil
        // The events of the queueing may still be on their way to us.
        guard jobs.allSatisfy({ ledger[$0] != nil }) else { return false }
        return jobs.compactMap { ledger[$0]?.latest }.allSatisfy { attempt in
            switch attempt.phase {
            case .done(let ending):
                attempt.versionID == nil
                    || (attempt.bookkeeping.versionClosed
                        && (ending.outcome != .completed || attempt.bookkeeping.modelRecorded || !session.keepsManifests))
            case .uncertain: true
            case .queued: isHeld
            default: false
            }
        }
    }

    private func finish(_ attempts: [Attempt], _ leftOut: [LeftOut], at now: Timestamp, hold: Hold? = nil) -> Int32 {
        let summary = TrainSummary(attempts, leftOut: leftOut, at: now)
        if isJSON { Output.print(summary.json) } else { Output.print(SeedScript.summary(summary)) }
        let code = complain(of: leftOut)
        if let hold, summary.notSubmitted > 0 {
            Output.complain("the queue is held: \(hold.reason); \(summary.notSubmitted) not submitted")
            if summary.successful + summary.notSubmitted == summary.processed { return Failure.Code.refused.rawValue }
        }
        return summary.successful < summary.processed ? Failure.Code.someFailed.rawValue : code
    }
}
