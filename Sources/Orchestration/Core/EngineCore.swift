public import EngineAPI
public import Training
public import TrainingPorts

/// The engine without any I/O: an input and the time go in; events, effects and readings come out.
///
/// A value: deciding gives the next core, which takes the old one's place only after its events were committed. So a commit that
/// fails has changed nothing.
public struct EngineCore: Sendable {
    public private(set) var ledger: Ledger
    var runtime = Runtime()
    public let policy: Policy
    private let digester: any Digester

    /// - Parameter ledger: the fold of the journal.
    public init(ledger: Ledger, policy: Policy, digester: any Digester) {
        self.ledger = ledger
        self.policy = policy
        self.digester = digester
    }

    /// Decides on one input. Pure: the same core, input and time give the same decision.
    public func deciding(_ input: Input, at now: Timestamp) -> Decision {
        var turn = Turn(ledger: ledger, runtime: runtime, policy: policy, digester: digester, now: now)
        if let work = input.finishes { turn.runtime.underWay.remove(work) }
        turn.take(input)
        turn.advance()
        turn.settleDebts()
        return decision(from: turn)
    }

    /// What is done instead when a decision could not be committed: nothing of it has happened. Its input is kept where nobody can tell
    /// it again; all else is asked for again; watching goes on and nothing is submitted. Has no events.
    public func decidingWithoutJournal(_ refused: Decision, of input: Input, because fault: String, at now: Timestamp) -> Decision
    {
        var turn = Turn(ledger: ledger, runtime: runtime, policy: policy, digester: digester, now: now)
        if let work = input.finishes { turn.runtime.underWay.remove(work) }
        turn.runtime.progress = refused.next.runtime.progress
        turn.runtime.checks = refused.next.runtime.checks
        turn.goOnUnrecorded(input, readings: refused.readings, because: fault)
        turn.advance()
        return decision(from: turn)
    }

    private func decision(from turn: Turn) -> Decision {
        var next = self
        next.ledger = turn.ledger
        next.runtime = turn.runtime
        return Decision(
            next: next, drafts: turn.drafts, payloads: turn.payloads, effects: turn.effects, readings: turn.readings,
            reply: turn.reply)
    }

    /// Takes the numbers that the journal gave to the events of a decision.
    public mutating func numbered(upTo sequence: Int) {
        ledger.numbered(upTo: sequence)
    }

    public var journalFault: String? { runtime.journalFault }
    /// The end has begun; nothing new is started.
    public var isStopping: Bool { runtime.isStopping }
}

/// What came of one input.
public struct Decision: Sendable {
    public var next: EngineCore
    public var drafts: [EventDraft]
    public var payloads: [Payload]
    public var effects: [Effect]
    public var readings: [Reading]
    public var reply: Reply?
}
