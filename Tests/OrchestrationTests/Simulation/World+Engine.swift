import EngineAPI
import Training
import TrainingPorts

@testable import Orchestration

/// The process: the shell of the core as the real one has it, with places to die between its steps.
extension World {
    func start(mayContinue: Bool) {
        guard core == nil else { return }
        process += 1
        var ledger = Ledger()
        for record in journal { ledger.apply(record) }
        if !ledger.wantedMarks.isEmpty { count("a mark was taken up again") }
        skew = random.chance(faults.clockJump) ? Int64(random.pick(-6...6)) * 3_600_000 : 0
        if skew != 0 { count("clock jumped over a restart") }
        armed = nil
        if forProcess != nil {
            note("starts with \(journal.count) events")
            forProcess?.append(.start(mayContinue: mayContinue))
            return
        }
        core = EngineCore(ledger: ledger, policy: policy, digester: PlainDigester())
        note("starts with \(journal.count) events")
        take(.started(EngineStart(program: "test", source: "simulation", timeScale: 1), mayContinue: mayContinue))
    }

    /// A place where the process can die. Returns true when it did.
    func dies() -> Bool {
        hits += 1
        guard dieAt.contains(hits) || random.chance(faults.crash) else { return false }
        note("DIES at \(hits)")
        count("died")
        if core?.ledger.openAttempts.contains(where: { $0.phase.name == .submitting }) == true { count("died while submitting") }
        die()
        schedule(.starts(mayContinue: random.chance(500)), in: Int64(random.pick(1...longestDowntime)) * 1000)
        return true
    }

    private func die() {
        core = nil
        process += 1
        armed = nil
    }

    @discardableResult
    func take(_ input: Input) -> Reply? {
        guard let old = core else { return nil }
        if forProcess != nil {
            if case .command(let envelope) = input { forProcess?.append(.command(envelope)) }
            return nil
        }
        count("decisions")
        var decision = old.deciding(input, at: clock)
        if mutant == .submitsBeforeJournalling {
            for effect in decision.effects { perform(effect) }
            decision.effects = []
            guard core != nil else { return nil }
        }
        var last: Int?
        if !decision.drafts.isEmpty {
            if dies() { return nil }
            if isDiskFull {
                count("the disk was full")
                decision = old.decidingWithoutJournal(decision, of: input, because: "no space", at: clock)
                if !decision.drafts.isEmpty { violate("a decision without a journal has events") }
            } else {
                last = commit(decision.drafts, decision.payloads).last?.sequence
                if dies() { return nil }
            }
        }
        core = decision.next
        if let last { core?.numbered(upTo: last) }
        if last != nil { checkAlways() }
        for effect in decision.effects { perform(effect) }
        arm()
        return decision.reply
    }

    func commit(_ drafts: [EventDraft], _ new: [Payload]) -> ArraySlice<EventRecord> {
        for payload in new { payloads[payload.digest] = payload.bytes }
        for draft in drafts {
            journal.append(
                EventRecord(
                    sequence: journal.count + 1, time: draft.time, id: "e\(journal.count + 1)", cause: draft.cause, by: draft.by,
                    job: draft.job, attempt: draft.attempt, event: draft.event))
            note("\(draft.job.map(\.description) ?? "-").\(draft.attempt ?? 0) \(draft.event)")
        }
        return journal.suffix(drafts.count)
    }

    private func arm() {
        guard let core, let deadline = core.deadline(after: clock), armed.map({ deadline < $0 }) ?? true else { return }
        armed = deadline
        schedule(.wakes(process: process), in: (deadline - clock).milliseconds)
    }

    func wake(_ sleeper: Int) {
        guard sleeper == process, core != nil else { return }
        if now < asleepUntil {
            agenda.insert(.wakes(process: sleeper), at: asleepUntil)
            return
        }
        if armed.map({ $0 <= clock }) ?? false { armed = nil }
        take(.time)
    }

    func answer(_ input: Input, to receiver: Int) {
        if forProcess != nil {
            if calls[receiver]?.process == process, !dies() { resume(receiver, with: mutated(input)) }
            return
        }
        guard receiver == process, core != nil else { return }
        if now < asleepUntil {
            agenda.insert(.answers(input, process: receiver), at: asleepUntil)
            return
        }
        if dies() { return }
        note("← \(input.finishes.map { "\($0)" } ?? "")")
        take(mutated(input))
    }

    private func mutated(_ input: Input) -> Input {
        if mutant == .repeatsAfterTimeout, case .submitted(let id, .uncertain(let text)) = input {
            return .submitted(id, .unsent(text))
        }
        return input
    }

    /// Sends something out. Whatever it is, the process may die right before or right after it has left.
    /// - Parameter call: who gets the answer, in the real process.
    func perform(_ effect: Effect, call: Int? = nil) {
        if mutant == .forgetsAdoption, case .askForeign = effect { return }
        guard core != nil, !dies() else { return }
        if case .submit(_, let order) = effect, payloads[order.payloadDigest] == nil, mutant == nil {
            violate("\(order.request) leaves without its stored payload")
        }
        note("→ \(effect.work)")
        let latency = random.chance(faults.slowAnswer) ? random.pick(5_000...50_000) : random.pick(20...900)
        schedule(.arrives(effect, process: call ?? process), in: Int64(latency))
        if case .submit = effect { _ = dies() }
    }
}
