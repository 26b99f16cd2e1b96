import Foundation

/// What the system says of a program and of the processes that it has started: Linux' `/proc`. Elsewhere all of it is zero.
struct ProcessFacts {
    /// Time on a processor, of all threads.
    var processor = Duration.zero
    /// How often each thread went to sleep by itself, by its number: each is one wake-up.
    private var sleeps: [String: Int] = [:]
    private var terminalThread: String?
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
            processor += ProcessFacts.processorTime(of: pid)
            for thread in ProcessFacts.entries("/proc/\(pid)/task") {
                sleeps[thread] = ProcessFacts.field("voluntary_ctxt_switches:", in: "/proc/\(pid)/task/\(thread)/status")
                if ProcessFacts.words("/proc/\(pid)/task/\(thread)/comm").first == "terminal" { terminalThread = thread }
            }
        }
    }

    private init() {}

    /// What happened in between. Threads that have ended meanwhile are not counted.
    static func - (later: ProcessFacts, earlier: ProcessFacts) -> ProcessFacts {
        var difference = ProcessFacts()
        difference.processor = later.processor - earlier.processor
        difference.sleeps = Dictionary(uniqueKeysWithValues: later.sleeps.map { ($0, $1 - (earlier.sleeps[$0] ?? 0)) })
        difference.terminalThread = later.terminalThread
        difference.bytesWritten = later.bytesWritten - earlier.bytesWritten
        return difference
    }

    var wakeUps: Int { sleeps.values.reduce(0, +) }
    /// Those of the dashboard's terminal thread alone.
    var terminalWakeUps: Int { terminalThread.flatMap { sleeps[$0] } ?? 0 }

    /// Also of threads that have ended, to the nanosecond.
    private static func processorTime(of pid: Int) -> Duration {
        #if os(Linux)
            var clock = clockid_t()
            var time = timespec()
            guard clock_getcpuclockid(pid_t(pid), &clock) == 0, clock_gettime(clock, &time) == 0 else { return .zero }
            return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        #else
            return .zero
        #endif
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
