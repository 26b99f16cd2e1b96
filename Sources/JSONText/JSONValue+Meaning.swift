extension JSONValue {
    /// Whether both say the same in other words: `1` and `1.0`, members in another order. Strings are compared by their bytes, so that
    /// a composed and a decomposed accent differ, as they do for every other reader of the file.
    public func meansTheSame(as other: JSONValue) -> Bool {
        switch (self, other) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.number(let left), .number(let right)): left == right || JSONValue.sameNumber(left, right)
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.meansTheSame(as: $1) }
        case (.object(let left), .object(let right)):
            left.members.count == right.members.count
                && left.members.allSatisfy { member in right[member.key]?.meansTheSame(as: member.value) ?? false }
        default: false
        }
    }

    /// Whole numbers are compared exactly: a double would call 2^53 and its successor equal.
    private static func sameNumber(_ left: String, _ right: String) -> Bool {
        if let left = Int(left), let right = Int(right) { return left == right }
        guard let left = Double(left), let right = Double(right), left.isFinite, right.isFinite else { return false }
        return left == right
    }
}
