import Training

/// The trainings pane's rows: open jobs in queue order, then the ended ones with the newest end first.
struct TrainingBook: Hashable, Sendable {
    var list = RowList<JobID>()
    private(set) var marks: Set<JobID> = []
    private(set) var count = 0
    private(set) var tally = Tally()
    var filter = TextInput()
    private(set) var widths = Widths()

    /// Columns that the longest of each takes.
    struct Widths: Hashable, Sendable {
        var job = 2
        var actor = 4
        var version = 2
        var tries = 1
    }

    /// How many jobs stand where.
    struct Tally: Hashable, Sendable {
        var queued = 0
        /// At RunPod or on the way there or back.
        var running = 0
        var uncertain = 0
        var open: Int { queued + running + uncertain }
    }

    /// Takes in that a job came or changed.
    mutating func take(_ ledger: Ledger, height: Int) {
        count = ledger.jobs.count
        tally = Tally(ledger)
        widths = Widths(ledger)
        marks = marks.filter { ledger[$0] != nil }
        let text = filter.text.lowercased()
        let jobs = text.isEmpty ? ledger.jobs : ledger.jobs.filter { TrainingBook.matches($0, text) }
        let ended = jobs.filter(\.isDone).sorted { left, right in
            let (one, other) = (left.latest.endedAt, right.latest.endedAt)
            guard let one, let other, one != other else { return left.id > right.id }
            return one > other
        }
        list.show(jobs.filter { !$0.isDone }.map(\.id) + ended.map(\.id), height: height)
    }

    private static func matches(_ job: Job, _ text: String) -> Bool {
        let latest = job.latest
        let words = [
            job.id.description, job.actor.padded, job.actorName, latest.version?.description ?? "", latest.phase.words,
            latest.runpod?.rawValue ?? "", latest.phase.ending?.reason ?? "",
        ]
        return words.contains { $0.lowercased().contains(text) }
    }

    mutating func toggleMark(_ id: JobID) {
        if marks.remove(id) == nil { marks.insert(id) }
    }

    /// Marks every open training that is shown; where they all are, unmarks them.
    mutating func toggleAll(in ledger: Ledger) {
        let open = Set(list.ids.filter { ledger[$0]?.isDone == false })
        if open.isSubset(of: marks) { marks.subtract(open) } else { marks.formUnion(open) }
    }

    /// Puts the cursor on the first open training where it stands on an ended one.
    mutating func rest(in ledger: Ledger, height: Int) {
        guard list.selected.flatMap({ ledger[$0] })?.isDone != false, let first = list.ids.first, ledger[first]?.isDone == false
        else { return }
        list.moveToStart(height: height)
    }

    mutating func clearMarks() { marks = [] }
    mutating func unmark(_ ids: [JobID]) { marks.subtract(ids) }
}

extension TrainingBook.Widths {
    init(_ ledger: Ledger) {
        self.init()
        for job in ledger.jobs {
            self.job = max(self.job, job.id.description.count)
            actor = max(actor, job.actor.padded.count)
            version = max(version, job.latest.version?.description.count ?? 0)
            tries = max(tries, "\(job.attempts.count)".count)
        }
    }
}

extension TrainingBook.Tally {
    init(_ ledger: Ledger) {
        self.init()
        for attempt in ledger.openAttempts {
            switch attempt.phase {
            case .queued: queued += 1
            case .uncertain: uncertain += 1
            default: running += 1
            }
        }
    }
}

extension AttemptPhase {
    /// The phase in words for people; of an ended one its outcome.
    var words: String { ending?.outcome.words ?? name.rawValue }
}
