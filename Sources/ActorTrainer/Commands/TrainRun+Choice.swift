import EngineAPI
import PlainOutput
import TerminalUI
import Training

extension TrainRun {
    /// Who is to be trained, and of those who were named who is not.
    struct Choice {
        var actors: [ActorID] = []
        var leftOut: [LeftOut] = []
        /// In training already; they are watched.
        var watched: [LeftOut] = []
    }

    /// Who is named is held against the same rules as the engine has, so that a dry run promises nothing that is refused.
    func choose(from cast: [ActorProfile], in ledger: Ledger, besides unfinished: Int) -> Choice {
        guard !options.actors.isEmpty else {
            let eligible = cast.filter { Eligibility.judge($0, in: ledger).isEligible }
            return Choice(actors: eligible.prefix(max(0, options.limit - unfinished)).map(\.id))
        }
        var choice = Choice()
        var seen: Set<ActorID> = []
        for id in options.actors.map({ ActorID($0) }) where seen.insert(id).inserted {
            guard let actor = cast.first(where: { $0.id == id }) else { continue }
            let reasons = exclusions(of: actor, in: ledger)
            let excluded = LeftOut(id, name: actor.name, reasons: reasons.map(\.text))
            if reasons.isEmpty {
                choice.actors.append(id)
            } else if ledger.openAttempt(of: id) != nil {
                choice.watched.append(excluded)
            } else {
                choice.leftOut.append(excluded)
            }
        }
        return choice
    }

    /// Whom of those who were named the engine has refused all the same: things may have changed since they were looked at.
    func refused(_ chosen: [ActorID], _ jobs: [JobID], _ message: String) async -> [LeftOut] {
        guard jobs.count < chosen.count else { return [] }
        guard !options.actors.isEmpty else {
            Output.complain(message)
            return []
        }
        let now = await session.engine.attach().snapshot
        let taken = Set(jobs.compactMap { now.ledger[$0]?.actor })
        let refused = now.cast.actors.filter { chosen.contains($0.id) && !taken.contains($0.id) }.map { actor in
            let reasons = exclusions(of: actor, in: now.ledger).map(\.text)
            return LeftOut(actor.id, name: actor.name, reasons: reasons.isEmpty ? [message] : reasons)
        }
        tell(refused)
        return refused
    }

    private func exclusions(of actor: ActorProfile, in ledger: Ledger) -> [ExclusionReason] {
        Eligibility.judge(actor, in: ledger).reasons.filter { !(options.again && $0.canBeOverridden) }
    }

    func tell(_ leftOut: [LeftOut]) {
        for actor in leftOut { options.json ? Output.print(actor.json) : Output.print([SeedScript.leftOut(actor)]) }
    }

    /// What would be done.
    /// - Returns: the exit code: 4 where somebody who was named would not be trained.
    func dryRun(_ choice: Choice, _ cast: [ActorProfile], _ snapshot: Snapshot) -> Int32 {
        for actor in cast where choice.actors.contains(actor.id) {
            let plan = plan(for: actor, in: snapshot)
            if options.json {
                Output.print(planJSON(plan))
            } else {
                Output.print(DisplayText(untrusted: "would train \(planSentence(plan))"))
            }
        }
        if !options.json {
            for actor in choice.watched { Output.print(DisplayText(untrusted: "would watch \(actor.sentence)")) }
        }
        tell(choice.leftOut)
        return complain(of: choice.leftOut)
    }

    /// Names who was left out for whom the lines are not read.
    /// - Returns: the exit code that this makes.
    func complain(of leftOut: [LeftOut]) -> Int32 {
        guard !leftOut.isEmpty else { return 0 }
        Output.complain("not trained: " + leftOut.map(\.sentence).joined(separator: "; "))
        return Failure.Code.refused.rawValue
    }
}
