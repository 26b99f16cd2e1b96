import EngineAPI
import Training

/// One line of the log pane.
struct LogEntry: Hashable, Sendable {
    /// From 0, growing; a line keeps its number when older ones are dropped.
    var number: Int
    var time: Timestamp
    var severity: Note.Severity
    var job: JobID?
    /// Raw text without its subject.
    var text: String
}

/// The log pane's lines: events in words and what is no event, bounded.
struct LogBook: Hashable, Sendable {
    static let capacity = 5000

    private(set) var entries: [LogEntry] = []
    private(set) var dropped = 0
    private(set) var follows = true
    /// Lines that came while the log did not follow.
    private(set) var unread = 0
    /// Only lines of this job are shown.
    private(set) var narrowedTo: JobID?
    var filter = TextInput()
    var list = RowList<Int>()

    var count: Int { entries.count }

    func entry(_ number: Int) -> LogEntry? {
        let index = number - dropped
        return entries.indices.contains(index) ? entries[index] : nil
    }

    var selected: LogEntry? { list.selected.flatMap(entry) }

    mutating func append(_ time: Timestamp, _ severity: Note.Severity, job: JobID? = nil, _ text: String, height: Int) {
        if entries.count >= LogBook.capacity { dropOldest(height: height) }
        let entry = LogEntry(number: dropped + entries.count, time: time, severity: severity, job: job, text: text)
        entries.append(entry)
        guard shows(entry, text: filter.text.lowercased()) else { return }
        list.append(entry.number, following: follows, height: height)
        if !follows { unread += 1 }
    }

    mutating func append(_ record: EventRecord, height: Int) {
        append(record.time, record.severity, job: record.job, record.event.sentence, height: height)
    }

    mutating func append(_ line: LogLine, height: Int) {
        append(line.time, line.severity, job: line.attempt?.job, line.text, height: height)
    }

    /// Drops a tenth at once, so that a full log does not move all its lines for each new one.
    private mutating func dropOldest(height: Int) {
        let count = LogBook.capacity / 10
        entries.removeFirst(min(count, entries.count))
        dropped += count
        list.dropFirst(list.ids.prefix { $0 < dropped }.count, height: height)
    }

    /// Shows the lines of one job, or all with nil.
    mutating func narrow(to job: JobID?, height: Int) {
        guard job != narrowedTo else { return }
        narrowedTo = job
        arrange(height: height)
    }

    /// Filters, after the filter or the narrowing changed.
    mutating func arrange(height: Int) {
        let text = filter.text.lowercased()
        list.show(entries.filter { shows($0, text: text) }.map(\.number), height: height)
        if follows { list.moveToEnd(height: height) }
    }

    private func shows(_ entry: LogEntry, text: String) -> Bool {
        guard narrowedTo == nil || entry.job == narrowedTo else { return false }
        return text.isEmpty || entry.text.lowercased().contains(text) || entry.job?.description == text
    }

    /// Moving up stops the following; moving down to the end does not start it again by itself.
    mutating func stopFollowing() {
        guard follows, !list.isAtEnd else { return }
        follows = false
        unread = 0
    }

    mutating func follow(height: Int) {
        follows = true
        unread = 0
        list.moveToEnd(height: height)
    }
}
