/// Finds places in a text that is known to be JSON.
struct JSONTokens {
    let bytes: [UInt8]

    /// A member or an element, by its places in the text.
    struct Child {
        /// Nil for an element.
        let key: String?
        /// Where the member's key, or the element, begins.
        let start: Int
        /// The colon with the blanks around it; empty for an element.
        let colon: Range<Int>
        let value: Range<Int>

        /// By bytes: two spellings of one accent are two keys.
        func isNamed(_ name: String) -> Bool { key.map { $0.utf8.elementsEqual(name.utf8) } ?? false }
    }

    struct Container {
        let isObject: Bool
        /// With its brackets.
        let range: Range<Int>
        let children: [Child]

        var inside: Range<Int> { range.lowerBound + 1..<range.upperBound - 1 }

        func index(of step: JSONStep) -> Int? {
            switch step {
            case .key(let key): isObject ? children.firstIndex { $0.isNamed(key) } : nil
            case .index(let index): !isObject && children.indices.contains(index) ? index : nil
            }
        }
    }

    /// The whole value; a byte order mark before it is passed over.
    var root: Child {
        let start = skipBlanks(from: bytes.starts(with: JSONParser.byteOrderMark) ? JSONParser.byteOrderMark.count : 0)
        return Child(key: nil, start: start, colon: start..<start, value: start..<endOfValue(from: start))
    }

    func find(_ path: JSONPath) -> Child? {
        var place = root
        for step in path {
            guard let container = container(place.value), let index = container.index(of: step) else { return nil }
            place = container.children[index]
        }
        return place
    }

    func container(at path: JSONPath) -> Container? {
        find(path).flatMap { container($0.value) }
    }

    /// The object or array that takes up a range; nil where a scalar does.
    func container(_ range: Range<Int>) -> Container? {
        let isObject = bytes[range.lowerBound] == UInt8(ascii: "{")
        guard isObject || bytes[range.lowerBound] == UInt8(ascii: "[") else { return nil }
        var children: [Child] = []
        var position = skipBlanks(from: range.lowerBound + 1)
        while position < range.upperBound - 1 {
            let child = child(at: position, isMember: isObject)
            children.append(child)
            position = skipBlanks(from: child.value.upperBound)
            if bytes[position] == UInt8(ascii: ",") { position = skipBlanks(from: position + 1) }
        }
        return Container(isObject: isObject, range: range, children: children)
    }

    private func child(at start: Int, isMember: Bool) -> Child {
        guard isMember else {
            return Child(key: nil, start: start, colon: start..<start, value: start..<endOfValue(from: start))
        }
        let keyEnd = endOfValue(from: start)
        let value = skipBlanks(from: skipBlanks(from: keyEnd) + 1)
        var parser = JSONParser(bytes: bytes, depthLimit: 0, position: start)
        return Child(key: try? parser.string(), start: start, colon: keyEnd..<value, value: value..<endOfValue(from: value))
    }
}
