extension JSONLayout {
    /// The layout of a whole text, read off its outermost container and its first member.
    init(detectingIn tokens: JSONTokens) {
        self.init()
        isASCII = JSONLayout.escapesBeyondASCII(tokens.bytes)
        guard let root = tokens.container(tokens.root.value), !root.children.isEmpty else { return }
        adopt(root, in: tokens)
        if let first = tokens.firstMember(in: root) { colon = Array(tokens.bytes[first.colon]) }
        if !colon.dropFirst().contains(0x20) { comma = [UInt8(ascii: ",")] }
        if !isMultiline, root.children.count > 1 { comma = tokens.separator(in: root) }
    }

    /// Takes over how a container that is not empty stands on its lines.
    mutating func adopt(_ container: JSONTokens.Container, in tokens: JSONTokens) {
        guard let first = container.children.first else { return }
        let lead = tokens.bytes[container.inside.lowerBound..<first.start]
        isMultiline = lead.contains(where: JSONTokens.isLineEnd)
        if container.isObject { colon = Array(tokens.bytes[first.colon]) }
        if !isMultiline, container.children.count > 1 { comma = tokens.separator(in: container) }
        guard isMultiline else { return }
        newline = Array(lead.drop { !JSONTokens.isLineEnd($0) }.prefix(while: JSONTokens.isLineEnd).prefix(2))
        if newline == [0x0A, 0x0A] { newline = [0x0A] }
        let outer = tokens.indentation(at: container.range.lowerBound)
        let inner = tokens.indentation(at: first.start)
        if inner.starts(with: outer) { unit = Array(inner.dropFirst(outer.count)) }
    }

    /// Whether the text has an escape for a character beyond ASCII, and no such character as itself.
    private static func escapesBeyondASCII(_ bytes: [UInt8]) -> Bool {
        guard !bytes.contains(where: { $0 >= 0x80 }) else { return false }
        let mark = Array("\\u".utf8)
        return bytes.indices.dropLast(5).contains { place in
            bytes[place] == mark[0] && bytes[place + 1] == mark[1]
                && UInt32(String(decoding: bytes[place + 2..<place + 6], as: UTF8.self), radix: 16).map { $0 >= 0x80 } ?? false
        }
    }
}

extension JSONTokens {
    /// The blanks and the comma between a container's last two children.
    func separator(in container: Container) -> [UInt8] {
        let pair = container.children.suffix(2).map(\.self)
        guard pair.count == 2 else { return [UInt8(ascii: ",")] }
        return Array(bytes[pair[0].value.upperBound..<pair[1].start])
    }

    func firstMember(in container: Container) -> Child? {
        if container.isObject { return container.children.first }
        for child in container.children {
            if let inner = self.container(child.value), let member = firstMember(in: inner) { return member }
        }
        return nil
    }

    /// The layout for a value that takes another's place: that one's own, where it is a container, else its siblings'.
    func layout(replacing child: Child, at path: JSONPath, house: JSONLayout) -> JSONLayout {
        if let old = container(child.value), !old.children.isEmpty {
            var layout = house
            layout.adopt(old, in: self)
            return layout
        }
        guard let last = path.last, let parent = container(at: Array(path.dropLast())), let index = parent.index(of: last) else {
            return house
        }
        return layout(insertingInto: parent, at: Array(path.dropLast()), beside: index, house: house)
    }

    /// The layout for a new child: that of the nearest sibling container, else of the container itself, else of what it lies in.
    func layout(insertingInto parent: Container, at path: JSONPath, beside index: Int, house: JSONLayout) -> JSONLayout {
        var layout = house
        for depth in 0..<path.count {
            if let outer = container(at: Array(path.prefix(depth))) { layout.adopt(outer, in: self) }
        }
        layout.adopt(parent, in: self)
        let nearest = parent.children.enumerated().sorted { abs($0.offset - index) < abs($1.offset - index) }
        for (_, sibling) in nearest {
            guard let sibling = container(sibling.value), !sibling.children.isEmpty else { continue }
            let colon = layout.colon
            layout.adopt(sibling, in: self)
            if parent.isObject { layout.colon = colon }
            break
        }
        return layout
    }
}
