import ChanceTestSupport

extension SplitMix64 {
    /// True in so many of a thousand cases.
    mutating func chance(_ perMille: Int) -> Bool { perMille > 0 && Int(next() % 1000) < perMille }

    mutating func pick(_ range: ClosedRange<Int>) -> Int { range.lowerBound + Int(next() % UInt64(range.count)) }

    mutating func pick<Element>(from list: [Element]) -> Element? { list.isEmpty ? nil : list[Int(next() % UInt64(list.count))] }
}
