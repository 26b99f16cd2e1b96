import Foundation

/// What the system says of a program and of the processes that it has started: Linux' `/proc`. Elsewhere all of it is zero.
struct ProcessFacts {
    /// Time on a processor, of all threads.
    var processor = Duration.zero
    /// How often a thread went to sleep by itself: each is one wake-up.
    var wakeUps = 0
    /// The same of the dashboard's terminal thread alone.
    var terminalWakeUps = 0
    /// What was written to files, sockets, pipes and the terminal.
    var bytesWritten = 0
    /// The most memory that the last process of the family has had, in bytes; the dashboard's is the guardian's child.
    var peakMemory = 0
    /// The same of all others.
    var otherPeakMemory = 0

    init(of program: pid_t) {
        for pid in ProcessFacts.family(of: program) {
            otherPeakMemory += peakMemory
            peakMemory = ProcessFacts.field("VmHWM:", in: "/proc/\(pid)/status") * 1024
            bytesWritten += ProcessFacts.field("wchar:", in: "/proc/\(pid)/io")
            for thread in ProcessFacts.entries("/proc/\(pid)/task") { take(thread: "/proc/\(pid)/task/\(thread)") }
        }
    }

    private init() {}

    private mutating func take(thread: String) {
        let nanoseconds = ProcessFacts.words(thread + "/schedstat").first.flatMap { Int64($0) } ?? 0
        processor += .nanoseconds(nanoseconds)
        let count = ProcessFacts.field("voluntary_ctxt_switches:", in: thread + "/status")
        wakeUps += count
        if ProcessFacts.words(thread + "/comm").first == "terminal" { terminalWakeUps += count }
    }

    static func - (later: ProcessFacts, earlier: ProcessFacts) -> ProcessFacts {
        var difference = ProcessFacts()
        difference.processor = later.processor - earlier.processor
        difference.wakeUps = later.wakeUps - earlier.wakeUps
        difference.terminalWakeUps = later.terminalWakeUps - earlier.terminalWakeUps
        difference.bytesWritten = later.bytesWritten - earlier.bytesWritten
        return difference
    }

    /// The program and its descendants, parents first.
    private static func family(of program: pid_t) -> [Int] {
        var family = [Int(program)]
        var next = 0
        while next < family.count {
            for thread in entries("/proc/\(family[next])/task") {
                family += words("/proc/\(family[next])/task/\(thread)/children").compactMap { Int($0) }
            }
            next += 1
        }
        return family
    }

    private static func entries(_ folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    private static func words(_ path: String) -> [Substring] {
        ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(whereSeparator: \.isWhitespace)
    }

    /// The number after a name, as in `VmHWM:   5120 kB`.
    private static func field(_ name: String, in path: String) -> Int {
        let all = words(path)
        guard let index = all.firstIndex(of: name[...]), all.indices.contains(index + 1) else { return 0 }
        return Int(all[index + 1]) ?? 0
    }
}
