extension JSONEditor {
    mutating func insert(
        _ value: JSONValue, key: String?, into container: JSONTokens.Container, path: JSONPath, place: Place
    )
        throws(JSONPathError)
    {
        let index = container.index(of: place)
        guard (0...container.children.count).contains(index) else { throw JSONPathError(path, "the place is beyond the end") }
        let layout = tokens.layout(insertingInto: container, at: path, beside: index, house: house)
        guard !container.children.isEmpty else {
            fill(container, key: key, value: value, layout: layout)
            return
        }
        let neighbour = container.children[max(0, index - 1)]
        let separator = separator(in: container, index: index)
        let indentation = layout.isMultiline ? tokens.indentation(at: neighbour.start) : []
        let text = layout.member(key: key, value: value, indentation: indentation)
        if index == 0 {
            splice(neighbour.start..<neighbour.start, text + separator)
        } else {
            splice(neighbour.value.upperBound..<neighbour.value.upperBound, separator + text)
        }
    }

    /// The bytes that part two neighbours where the new one goes: the comma with its blanks and line end.
    private func separator(in container: JSONTokens.Container, index: Int) -> [UInt8] {
        let children = container.children
        guard children.count > 1 else {
            let lead = bytes[container.inside.lowerBound..<children[0].start]
            return lead.contains(where: JSONTokens.isLineEnd) ? [UInt8(ascii: ",")] + lead : house.comma
        }
        let left = min(max(0, index - 1), children.count - 2)
        return Array(bytes[children[left].value.upperBound..<children[left + 1].start])
    }

    private mutating func fill(_ container: JSONTokens.Container, key: String?, value: JSONValue, layout: JSONLayout) {
        guard layout.isMultiline else {
            splice(container.inside, layout.member(key: key, value: value, indentation: []))
            return
        }
        let outer = tokens.indentation(at: container.range.lowerBound)
        let inner = outer + layout.unit
        let text = layout.member(key: key, value: value, indentation: inner)
        splice(container.inside, layout.newline + inner + text + layout.newline + outer)
    }
}

extension JSONTokens.Container {
    /// The number that a new child gets; beyond the count where the place does not exist.
    func index(of place: JSONEditor.Place) -> Int {
        switch place {
        case .first: 0
        case .last: children.count
        case .after(let key): (children.firstIndex { $0.isNamed(key) } ?? children.count - 1) + 1
        case .at(let index): index
        }
    }
}
