/// One step of a way into a JSON value: a member by its key or an element by its place from 0.
public enum JSONStep: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case key(String)
    case index(Int)

    public init(stringLiteral value: String) { self = .key(value) }
    public init(integerLiteral value: Int) { self = .index(value) }
}

/// A way into a JSON value, written `["versions", 0, "status"]`; the empty one is the whole value.
public typealias JSONPath = [JSONStep]

/// Why an edit was refused; the text is then as it was.
public struct JSONPathError: Error, Hashable, CustomStringConvertible {
    /// Where the edit was wanted, written `versions[0].status`.
    public let place: String
    public let reason: String

    init(_ path: JSONPath, _ reason: String) {
        place = path.reduce(into: "") { text, step in
            switch step {
            case .key(let key): text += text.isEmpty ? key : ".\(key)"
            case .index(let index): text += "[\(index)]"
            }
        }
        self.reason = reason
    }

    public var description: String { place.isEmpty ? reason : "\(place): \(reason)" }
}
