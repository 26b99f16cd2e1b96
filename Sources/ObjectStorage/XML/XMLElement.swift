/// An element of a small XML document: S3's listings and error bodies.
///
/// Attributes, comments and processing instructions are read over. Elements keep the text directly in them, without the blanks
/// between child elements.
struct XMLElement: Hashable, Sendable {
    var name: String
    var text = ""
    var children: [XMLElement] = []

    /// The first child of that name.
    subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

    func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }
}

/// Why a document is none, with the byte where that showed.
struct XMLFault: Error, Hashable, Sendable, CustomStringConvertible {
    var reason: String
    var offset: Int

    var description: String { "not valid XML at byte \(offset): \(reason)" }
}
