/// What will happen, by time and then by the order in which it was planned.
struct Agenda<Value> {
    private var heap: [(time: Int64, order: Int, value: Value)] = []
    private var planned = 0

    mutating func insert(_ value: Value, at time: Int64) {
        planned += 1
        heap.append((time, planned, value))
        var child = heap.count - 1
        while child > 0, isBefore(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func popFirst(before end: Int64) -> (time: Int64, value: Value)? {
        guard let first = heap.first, first.time < end else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return (first.time, first.value)
    }

    func hasNext(before end: Int64) -> Bool { heap.first.map { $0.time < end } ?? false }

    private mutating func sink() {
        var parent = 0
        while true {
            let left = 2 * parent + 1
            guard left < heap.count else { return }
            let child = left + 1 < heap.count && isBefore(left + 1, left) ? left + 1 : left
            guard isBefore(child, parent) else { return }
            heap.swapAt(child, parent)
            parent = child
        }
    }

    var sorted: [(time: Int64, order: Int, value: Value)] { heap.sorted { ($0.time, $0.order) < ($1.time, $1.order) } }

    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        (heap[left].time, heap[left].order) < (heap[right].time, heap[right].order)
    }
}

extension Agenda {
    func filter(_ isKept: (Value) -> Bool) -> Agenda {
        var result = Agenda()
        for entry in sorted where isKept(entry.value) { result.insert(entry.value, at: entry.time) }
        return result
    }
}
