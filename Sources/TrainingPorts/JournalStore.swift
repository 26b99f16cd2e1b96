public import Training

/// The append-only store of events. Synchronous on purpose: between deciding and committing nothing else may happen.
public protocol JournalStore: Sendable {
    /// Writes the events of one input in one transaction, synced to disk before it returns.
    /// - Parameter payloads: bytes to keep under their SHA-256 digest, in the same transaction.
    /// - Returns: the events with their numbers.
    /// - Throws: `PortError`; then nothing was written.
    func append(_ drafts: [EventDraft], payloads: [Payload]) throws(PortError) -> [EventRecord]
    /// All events after a number, in order.
    func events(after sequence: Int) throws(PortError) -> [EventRecord]
    /// A stored payload; nil where there is none of that digest.
    func payload(_ digest: String) throws(PortError) -> [UInt8]?
}

public struct Payload: Hashable, Sendable {
    /// SHA-256 in hex.
    public var digest: String
    public var bytes: [UInt8]
    public init(digest: String, bytes: [UInt8]) {
        self.digest = digest
        self.bytes = bytes
    }
}
