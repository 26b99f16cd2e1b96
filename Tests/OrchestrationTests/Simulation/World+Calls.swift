import EngineAPI
import Training
import TrainingPorts

@testable import Orchestration

/// What the real process is to be given as soon as the world is let go of.
enum ForProcess: Sendable {
    case start(mayContinue: Bool)
    case command(CommandEnvelope)
    case delivery(WebhookDelivery, tries: Int)
    /// Somebody looks at the engine for a while.
    case look(milliseconds: Int64)
    case quit
}

/// A call of the real process that waits for its answer; nil is none.
struct PendingCall: Sendable {
    let process: Int
    let continuation: CheckedContinuation<Input?, Never>
}

/// The world as the real process meets it: calls that go out, and answers that come back or do not.
extension World {
    func isAlive(_ sender: Int) -> Bool { sender == process }

    /// Sends an effect out for a call; its answer resumes the call.
    func call(_ number: Int, _ effect: Effect, from sender: Int, _ continuation: CheckedContinuation<Input?, Never>) {
        guard isAlive(sender) else { return continuation.resume(returning: nil) }
        calls[number] = PendingCall(process: sender, continuation: continuation)
        perform(effect, call: number)
    }

    func sleep(_ number: Int, until time: Timestamp, from sender: Int, _ continuation: CheckedContinuation<Input?, Never>) {
        guard isAlive(sender), time > clock else { return continuation.resume(returning: nil) }
        calls[number] = PendingCall(process: sender, continuation: continuation)
        schedule(.sleepEnds(call: number), in: (time - clock).milliseconds)
    }

    func resume(_ number: Int, with answer: Input?) {
        calls.removeValue(forKey: number)?.continuation.resume(returning: answer)
    }

    /// Nobody answers the dead. Their calls end, so that what is left of their process runs out; it changes nothing any more.
    func endCalls(of sender: Int) {
        for number in calls.keys.sorted() where calls[number]?.process == sender { resume(number, with: nil) }
    }

    /// A write of the real process: it can die right before and right after.
    func append(_ drafts: [EventDraft], _ payloads: [Payload], from sender: Int) -> Result<[EventRecord], PortError> {
        guard isAlive(sender), !dies() else { return .failure(PortError(.notWritable, "the process is dead")) }
        if isDiskFull {
            count("the disk was full")
            return .failure(PortError(.notWritable, "no space"))
        }
        let records = Array(commit(drafts, payloads))
        _ = dies()
        return .success(records)
    }

    /// The order that a request carries out, by what the journal on the disk says: a request that is not there must not leave.
    func order(of request: RequestID) -> (AttemptID, Order)? {
        var found: (AttemptID, Order)?
        var isIntended = false
        for record in journal {
            guard let id = record.attemptID else { continue }
            if case .attemptPrepared(let order) = record.event, order.request == request { found = (id, order) }
            if case .submissionIntended = record.event, id == found?.0 { isIntended = true }
        }
        return isIntended ? found : nil
    }

    /// The real process has ended in good order.
    func ended(_ sender: Int) {
        guard isAlive(sender) else { return }
        count("quit")
        core = nil
        process += 1
        schedule(.starts(mayContinue: random.chance(500)), in: Int64(random.pick(1...longestDowntime)) * 1000)
    }

    /// Takes the state of the real process as it stands after a step.
    func mirror(_ core: EngineCore, of sender: Int) {
        guard isAlive(sender) else { return }
        let isNew = self.core?.ledger.sequence != core.ledger.sequence
        self.core = core
        if isNew { checkAlways() }
    }
}
