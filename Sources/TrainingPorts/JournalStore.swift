public import Training

/// The append-only store of events. Synchronous on purpose: between deciding and committing nothing else may happen.
public protocol JournalStore: Sendable {
    /// Writes the events of one input in one transaction, synced to disk before it returns.
    /// - Parameter payloads: bytes to keep under their SHA-256 digest, in the same transaction.
    /// - Returns: the events with their numbers.
    /// - Throws: `PortError`; then nothing was written.
    func append(_ drafts: [EventDraft], payloads: [Payload]) throws(PortError) -> [EventRecord]
    /// Makes sure that there is room for an order of the largest size, after writes had failed: small ones succeed on a disk that is all but
    /// full.
    /// - Throws: `PortError` where there is not.
    func checkRoom() throws(PortError)
    /// All events after a number, in order.
    func events(after sequence: Int) throws(PortError) -> [EventRecord]
    /// A stored payload; nil where there is none of that digest.
    func payload(_ digest: String) throws(PortError) -> [UInt8]?
}

extension JournalStore {
    /// For a store that either takes everything or nothing.
    public func checkRoom() throws(PortError) {}
}

/// Bytes that are kept beside the events, once for each digest: a request as it was sent.
public struct Payload: Hashable, Sendable {
    /// SHA-256 in hex.
    public var digest: String
    public var bytes: [UInt8]
    public init(digest: String, bytes: [UInt8]) {
        self.digest = digest
        self.bytes = bytes
    }
}
