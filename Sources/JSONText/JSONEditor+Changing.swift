extension JSONEditor {
    /// Makes the value at `path` mean the same as `value` with as few changes as there are differences: members are set, added last or
    /// removed one by one, elements of an array that are there already stay where they are. The order of members is not a difference.
    public mutating func change(to value: JSONValue, at path: JSONPath) throws(JSONPathError) {
        switch (self.value(at: path), value) {
        case (.object(let old)?, .object(let new)): try change(old, to: new, at: path)
        case (.array(let old)?, .array(let new)): try change(old, to: new, at: path)
        default: try set(value, at: path)
        }
    }

    private mutating func change(_ old: JSONObject, to new: JSONObject, at path: JSONPath) throws(JSONPathError) {
        for member in new.members { try change(to: member.value, at: path + [.key(member.key)]) }
        for key in old.keys where new[key] == nil { try remove(at: path + [.key(key)]) }
    }

    /// Goes through both lists from their ends, so that the numbers of what is still to be done stay as they are.
    private mutating func change(_ old: [JSONValue], to new: [JSONValue], at path: JSONPath) throws(JSONPathError) {
        let partners = JSONEditor.partners(of: new, in: old)
        let taken = Set(partners.compactMap(\.self))
        var (left, right) = (old.count - 1, new.count - 1)
        while left >= 0 || right >= 0 {
            let isFree = left >= 0 && !taken.contains(left)
            if right >= 0, left >= 0, partners[right] == left || (isFree && partners[right] == nil) {
                try change(to: new[right], at: path + [.index(left)])
                (left, right) = (left - 1, right - 1)
            } else if isFree {
                try remove(at: path + [.index(left)])
                left -= 1
            } else {
                try insert(new[right], into: path, at: .at(left + 1))
                right -= 1
            }
        }
    }

    /// For each new element the number of the old one that it is a state of, in rising order; nil for what is new.
    private static func partners(of new: [JSONValue], in old: [JSONValue]) -> [Int?] {
        var next = 0
        return new.map { element in
            guard let partner = (next..<old.count).first(where: { alike(old[$0], element) }) else { return nil }
            next = partner + 1
            return partner
        }
    }

    /// Whether two elements are states of one: they mean the same, or are objects whose first members, mostly an `id`, do.
    private static func alike(_ left: JSONValue, _ right: JSONValue) -> Bool {
        guard let first = left.object?.members.first, let second = right.object?.members.first else {
            return left.meansTheSame(as: right)
        }
        return first.key == second.key && first.value.meansTheSame(as: second.value)
    }
}
