extension JSONEditor {
    /// Makes the value at `path` mean the same as `value` with as few changes as there are differences: members are set, added last or
    /// removed one by one, equal elements at both ends of an array stay as they are written. The order of members is not a difference.
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

    private mutating func change(_ old: [JSONValue], to new: [JSONValue], at path: JSONPath) throws(JSONPathError) {
        let shorter = min(old.count, new.count)
        let head = (0..<shorter).first { !old[$0].meansTheSame(as: new[$0]) } ?? shorter
        let tail =
            (0..<shorter - head).first { !old[old.count - 1 - $0].meansTheSame(as: new[new.count - 1 - $0]) } ?? shorter - head
        let paired = min(old.count, new.count) - head - tail
        let surplus = max(0, new.count - old.count)
        // What is new stands in front of the pairs, as in a list with the newest first, unless the first pair is one element changed.
        let front = paired > 0 && !JSONEditor.alike(old[head], new[head]) ? surplus : 0
        for offset in 0..<paired { try change(to: new[head + front + offset], at: path + [.index(head + offset)]) }
        for index in stride(from: old.count - tail - 1, through: head + paired, by: -1) {
            try remove(at: path + [.index(index)])
        }
        let first = front > 0 ? head : head + paired
        for index in first..<first + surplus { try insert(new[index], into: path, at: .at(index)) }
    }

    /// Whether two elements are states of one: objects whose first members, mostly an `id`, are equal.
    private static func alike(_ left: JSONValue, _ right: JSONValue) -> Bool {
        guard let left = left.object?.members.first, let right = right.object?.members.first else { return false }
        return left.key == right.key && left.value.meansTheSame(as: right.value)
    }
}
