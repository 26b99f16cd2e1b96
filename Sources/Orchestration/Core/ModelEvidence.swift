import Training
import TrainingPorts

/// What a look at the model store means for an attempt. Every way to `completed` goes through here, so that no model is taken that is
/// damaged or another one than was ordered, whatever made us look.
enum ModelEvidence {
    /// Whole, and nothing in it speaks against the order.
    case asOrdered(StoredModel)
    /// Something lies there that is no result; a sentence.
    case useless(String)
    case absent
    case unreachable
    case notChecked

    init(_ finding: ModelFinding, for attempt: Attempt) {
        switch finding {
        case .present(let stored):
            if stored.isOlder(than: attempt) {
                self = .absent
                return
            }
            // Of somebody else's training we do not know what was ordered.
            if let fault = attempt.order.flatMap({ stored.contradiction(to: $0.parameters) }) {
                self = .useless("the model is not what was ordered: \(fault)")
            } else {
                self = .asOrdered(stored)
            }
        case .broken(let fault): self = .useless("the model is damaged: \(fault)")
        case .absent: self = .absent
        case .unreachable: self = .unreachable
        case .notChecked: self = .notChecked
        }
    }
}

extension StoredModel {
    /// So much our clock may have been wrong when the order left, a wrong time zone included. Less would lose a paid model whose order
    /// left under a clock that was ahead by hours; what is younger than this and not ours, the list that numbered the version has shown.
    static let clockTolerance = Seconds.hours(24)

    /// Whether it was there before the order left, so that another training made it. Of somebody else's training we do not know when
    /// its order left; a store always tells a file's time.
    func isOlder(than attempt: Attempt) -> Bool {
        attempt.submittedAt.map { lastModified + StoredModel.clockTolerance < $0 } ?? false
    }
}
