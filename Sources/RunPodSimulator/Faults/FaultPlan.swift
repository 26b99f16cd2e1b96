/// Which request meets which faults. A request keeps its faults when it is sent again.
struct FaultPlan: Hashable, Sendable {
    struct Assigned: Hashable, Sendable {
        var faults: Set<Fault> = []
        var form: ErrorForm?
        /// How often the request was submitted.
        var submissions = 0
    }

    private(set) var orders: [FaultOrder]
    /// How many requests each order has befallen.
    private(set) var used: [Int]
    private var assigned: [String: Assigned] = [:]

    init(_ orders: [FaultOrder], used: [Int] = []) {
        self.orders = orders
        self.used = used.count == orders.count ? used : Array(repeating: 0, count: orders.count)
    }

    /// New orders; requests that have their faults already keep them.
    mutating func replace(by orders: [FaultOrder]) {
        guard orders != self.orders else { return }
        self.orders = orders
        used = Array(repeating: 0, count: orders.count)
    }

    /// - Parameter request: our request id; nil where the request has none, then each submission counts as a new one.
    mutating func assign(request: String?, model: String) -> Assigned {
        var result = request.flatMap { assigned[$0] } ?? fresh(model: model)
        result.submissions += 1
        if let request { assigned[request] = result }
        return result
    }

    private mutating func fresh(model: String) -> Assigned {
        var result = Assigned()
        for (index, order) in orders.enumerated() where !order.fault.isGeneral {
            if let text = order.model, !model.contains(text) { continue }
            if let first = order.first, used[index] >= first { continue }
            used[index] += 1
            result.faults.insert(order.fault)
            result.form = order.form ?? result.form
        }
        return result
    }
}
