/// A selection that follows what it selects from: kept in order, a place at a time, instead of being sought anew in all of a history.
struct OrderedPlaces<Place: Comparable & Hashable & Sendable>: Hashable, Sendable {
    private(set) var all: [Place] = []

    /// To be called after every change at a place. Nearly all changes are among the newest, so the end is looked at first.
    mutating func keep(_ place: Place, if isWanted: Bool) {
        let next = all.lastIndex { $0 <= place }
        let isKept = next.map { all[$0] == place } ?? false
        if isWanted, !isKept { all.insert(place, at: next.map { $0 + 1 } ?? 0) }
        if !isWanted, isKept, let next { all.remove(at: next) }
    }
}
