/// What RunPod has billed for an endpoint, beside what our own trainings there come to: RunPod bills by endpoint and time, never by job.
public struct BillCheck: Hashable, Sendable {
    /// What a bill is made of; nil where RunPod does not say.
    public struct Bill: Hashable, Sendable {
        public var total: Money
        public var disk: Money?
        public var fee: Money?

        public init(total: Money, disk: Money? = nil, fee: Money? = nil) {
            self.total = total
            self.disk = disk
            self.fee = fee
        }
    }

    /// How many days back it was asked for.
    public var days: Int
    public var bills: Checked<[Bill]>
    /// Nil where somebody else has the journal.
    public var own: OwnSum?

    public init(days: Int, bills: Checked<[Bill]>, own: OwnSum?) {
        self.days = days
        self.bills = bills
        self.own = own
    }

    public var finding: Finding {
        switch bills {
        case .notChecked(let reason): .skipped("runpod.bills", "RunPod's bills cannot be read: \(reason)")
        case .known(let bills): .note("runpod.bills", sentence(bills))
        }
    }

    private func sentence(_ bills: [Bill]) -> String {
        let parts = [("disk", \Bill.disk), ("fees", \Bill.fee)].compactMap { name, path -> String? in
            let sum = bills.compactMap { $0[keyPath: path] }.total
            return sum > .zero ? "\(name) \(sum)" : nil
        }
        let which = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
        let billed =
            "in the last \(days) days RunPod billed \(bills.map(\.total).total)\(which) for the endpoint, whoever used it"
        guard let own else { return "\(billed); what our own come to is known to the program that has the journal" }
        let unknown = own.unpriced > 0 ? ", \(own.unpriced) more without a known cost" : ""
        let count = "\(own.trainings) training\(own.trainings == 1 ? "" : "s")"
        return
            "\(billed); our \(count) there come to \(own.total)\(unknown), by execution time and list price, starts and idle not in"
    }
}

/// What our own trainings at an endpoint have cost, as far as that is known.
public struct OwnSum: Hashable, Sendable {
    public var total = Money.zero
    public var trainings = 0
    /// Those that were sent and whose cost nobody knows.
    public var unpriced = 0

    /// - Parameters:
    ///   - endpoint: its id, without an address before it.
    ///   - since: by when they were sent.
    public init(of ledger: Ledger, at endpoint: String, since: Timestamp, now: Timestamp) {
        for attempt in ledger.jobs.lazy.flatMap(\.attempts) {
            guard let order = attempt.order, let sent = attempt.submittedAt, sent >= since,
                order.endpoint.split(separator: "/").last.map(String.init) == endpoint,
                attempt.startedAt != nil || attempt.finalExecutionTime != nil
            else { continue }
            let spending = attempt.spending(at: now)
            guard let cost = spending.actual ?? spending.soFar else {
                unpriced += 1
                continue
            }
            trainings += 1
            total += cost
        }
    }
}
