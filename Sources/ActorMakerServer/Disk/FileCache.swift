import JSONText

/// Parsed files by their path: what has not changed is not read again.
struct FileCache<Content: Sendable>: Sendable {
    /// What was found at a path.
    enum Finding: Sendable {
        case absent
        case whole(Content)
        /// It cannot be read or parsed; the sentence says where and why.
        case broken(String)

        var content: Content? { if case .whole(let content) = self { content } else { nil } }
        var fault: String? { if case .broken(let fault) = self { fault } else { nil } }
    }

    private struct Entry: Sendable {
        var finding: Finding
        var stamp: FileStamp
        /// The stamp vouches for the content.
        var isSettled: Bool
    }

    private let parse: @Sendable (JSONValue) -> Content
    private var entries: [String: Entry] = [:]
    /// Broken files that stayed so while they were read again and again, by the stamp that they had.
    private var accepted: [String: FileStamp] = [:]

    init(parse: @escaping @Sendable (JSONValue) -> Content) { self.parse = parse }

    func finding(_ path: String) -> Finding { entries[path]?.finding ?? .absent }

    /// Looks at a file and reads it where it has changed.
    /// - Returns: false where it may just be in the middle of being written, so that another look is worth its while.
    mutating func refresh(_ path: String, as name: String) -> Bool {
        do throws(DiskError) {
            guard let stamp = try Disk.stamp(path) else {
                entries[path] = nil
                return true
            }
            if let entry = entries[path], entry.stamp == stamp, entry.isSettled { return isWhole(path, stamp) }
            guard let reading = try Disk.load(path) else {
                entries[path] = nil
                return true
            }
            let finding = read(reading.bytes, name)
            let settled = reading.stamp.isSettled(at: Disk.wallClock())
            entries[path] = Entry(finding: finding, stamp: reading.stamp, isSettled: settled)
            return isWhole(path, reading.stamp)
        } catch {
            let stamp = FileStamp(device: 0, inode: 0, size: 0, seconds: 0, nanoseconds: 0, mode: 0, user: 0, group: 0)
            entries[path] = Entry(finding: .broken("\(name) cannot be read: \(error)"), stamp: stamp, isSettled: false)
            return true
        }
    }

    /// Takes what is broken now for really broken, until it changes.
    mutating func accept() {
        for (path, entry) in entries where entry.finding.fault != nil { accepted[path] = entry.stamp }
    }

    private func isWhole(_ path: String, _ stamp: FileStamp) -> Bool {
        finding(path).fault == nil || accepted[path] == stamp
    }

    private func read(_ bytes: [UInt8], _ name: String) -> Finding {
        do throws(JSONError) {
            return .whole(parse(try JSONValue(parsing: bytes)))
        } catch {
            return .broken("\(name) is \(error)")
        }
    }
}
