import Training
import TrainingPorts

/// Where a job's own lines begin in the log of its worker. A warm worker's log begins with the jobs before, and after a restart nobody
/// remembers how far those went.
///
/// Only what is there when following begins is judged, and up to the last line that cannot be the job's all of it is another's: a log
/// is in order. What comes later was written while the job was on the worker.
struct LogBeginning: Hashable, Sendable {
    /// How far RunPod's clock may be behind ours. A clock of ours that is ahead by more costs a job's first lines, and the next one makes
    /// good for it. If ours is behind, the newest line tells by how much at least; what that misses is told by the bars, whose own count
    /// of time needs no clock.
    static let allowedDifference = Seconds.seconds(2)
    /// The lines of the past may come in several heaps, a second or so apart, but all within this time of the network's.
    static let heapsTogether = Seconds.seconds(10)

    /// The same job's last line on the worker before, by RunPod's clock; nil where it was not moved.
    let heardElsewhere: Timestamp?
    private var firstHeap: Timestamp?

    init(heardElsewhere: Timestamp? = nil) { self.heardElsewhere = heardElsewhere }

    /// How many of the lines, from the first, belong to a job before.
    /// - Parameters:
    ///   - earliest: when the job can have come on the worker at the earliest, by our clock.
    ///   - scale: how many of our clock's seconds pass in one of the network's.
    mutating func strangers(
        in lines: [(raw: WorkerLogLine, read: TrainerLogLine)], earliest: Timestamp, at now: Timestamp, scale: Double
    ) -> Int {
        let first = firstHeap ?? now
        firstHeap = first
        guard first <= now, now - first <= LogBeginning.heapsTogether * scale,
            let newest = lines.compactMap(\.raw.writtenAt).max()
        else {
            return 0
        }
        let lead = max(.seconds(0), newest - now)
        let byOurClock = earliest + lead + LogBeginning.allowedDifference * -1
        let start = heardElsewhere.map { max($0, byOurClock) } ?? byOurClock
        let longest = now - earliest + LogBeginning.allowedDifference
        let last = lines.lastIndex { line in
            if let time = line.raw.writtenAt, time < start { return true }
            return line.read.progress?.elapsed.map { $0 > longest } ?? false
        }
        return last.map { $0 + 1 } ?? 0
    }
}

extension WorkerLogLine {
    /// By RunPod's clock: an id is a time, too.
    fileprivate var writtenAt: Timestamp? { time ?? id.flatMap { Timestamp(parsing: $0) } }
}
