import Training
import TrainingPorts

/// Verdicts on models: recorded as wanted, and asked for until the project has taken or refused them.
extension Turn {
    mutating func keepMarks() {
        guard !policy.isReadOnly, runtime.journalFault == nil, isDue(runtime.markDue) else { return }
        for mark in ledger.wantedMarks { start(.mark(mark)) }
    }

    mutating func marked(_ mark: GoodMark, fault: PortError?) {
        guard let fault else {
            runtime.markFailures = 0
            runtime.isCastWanted = true
            emit(.goodMarked(mark))
            return
        }
        guard fault.mayPass else {
            emit(.markRefused(MarkRefusal(mark: mark, reason: fault.message)))
            return
        }
        runtime.markFailures += 1
        runtime.markDue = now + policy.pause(afterFailures: runtime.markFailures)
        log("\(mark.version) of actor \(mark.actor) could not be marked yet: \(fault.message)", .warning)
    }
}

extension PortError {
    /// Whether the same may go through later without anybody doing something about it.
    fileprivate var mayPass: Bool {
        switch code {
        case .unreachable, .conflict, .notWritable: true
        case .invalidAnswer, .notFound, .refused, .corrupted, .notSupported: false
        }
    }
}
