/// A key, a password or a token. Printing, interpolating, dumping or mirroring it shows nothing of it, and it cannot be encoded.
public struct Secret: Hashable, Sendable {
    private let value: String

    public init(_ value: String) { self.value = value }

    public var isEmpty: Bool { value.isEmpty }

    /// The secret itself, for the one place that sends it. Never keep, log or show what comes out.
    public func revealed() -> String { value }

    /// A text without the secret in it: an answer may repeat what was sent.
    public func hidden(in text: String) -> String {
        guard value.utf8.count >= 4 else { return text }
        return text.split(separator: value, omittingEmptySubsequences: false).joined(separator: Secret.mask)
    }

    private static let mask = "•••"
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { Secret.mask }
    public var debugDescription: String { Secret.mask }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
