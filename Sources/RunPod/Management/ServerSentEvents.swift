/// One event of a `text/event-stream`.
struct ServerSentEvent: Hashable, Sendable {
    /// The newest id until this event; it stands until another one comes.
    var id: String?
    /// Nil where the event has no name: a `message`.
    var event: String?
    /// Lines of data, joined by line feeds.
    var data: String
}

/// Reads an event stream piece by piece (WHATWG HTML, 9.2), however the pieces are cut: within a line end, within a character.
///
/// Nothing grows without bound: what is beyond the limits of a line or of an event is dropped.
struct ServerSentEventParser: Sendable {
    static let lineLimit = 64 << 10
    static let eventLimit = 256 << 10

    /// The newest id that the stream has told, also by an event without data; what `Last-Event-ID` wants.
    private(set) var lastID: String?
    /// Milliseconds before a new connection, where the stream asks for it.
    private(set) var retry: Int?

    private var line: [UInt8] = []
    private var isFirstLine = true
    /// The line before ended in a carriage return: a line feed that comes next belongs to it.
    private var endedInReturn = false
    private var event: String?
    private var data: [String] = []
    private var size = 0

    init(lastID: String? = nil) { self.lastID = lastID }

    mutating func feed(_ bytes: some Sequence<UInt8>) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            defer { endedInReturn = byte == UInt8(ascii: "\r") }
            switch byte {
            case UInt8(ascii: "\n") where endedInReturn: break
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                if let event = endLine() { events.append(event) }
            default: if line.count < ServerSentEventParser.lineLimit { line.append(byte) }
            }
        }
        return events
    }

    private mutating func endLine() -> ServerSentEvent? {
        var text = String(decoding: line, as: UTF8.self)
        line.removeAll(keepingCapacity: true)
        if isFirstLine, text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        isFirstLine = false
        guard !text.isEmpty else { return dispatch() }
        // On bytes: a sign that joins itself to the colon would make another character of it.
        let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) ?? text.utf8.endIndex
        let name = text[..<colon]
        var value = colon == text.utf8.endIndex ? text[colon...] : text[text.utf8.index(after: colon)...]
        if value.utf8.first == UInt8(ascii: " ") { value = value[value.utf8.index(after: value.startIndex)...] }
        take(String(name), String(value))
        return nil
    }

    private mutating func take(_ name: String, _ value: String) {
        switch name {
        case "data":
            guard size + value.utf8.count <= ServerSentEventParser.eventLimit else { return }
            size += value.utf8.count + 1
            data.append(value)
        case "id": if !value.utf8.contains(0) { lastID = value.isEmpty ? nil : value }
        case "event": event = value
        case "retry": if !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { retry = Int(value) }
        // A comment, or a field that nobody knows.
        default: break
        }
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer { (event, data, size) = (nil, [], 0) }
        guard !data.isEmpty else { return nil }
        return ServerSentEvent(id: lastID, event: event.flatMap { $0.isEmpty ? nil : $0 }, data: data.joined(separator: "\n"))
    }
}
