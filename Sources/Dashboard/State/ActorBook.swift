import Training

/// One actor with what was worked out about it when its data last changed, so that a frame only has to write it.
struct ActorRow: Hashable, Sendable {
    let profile: ActorProfile
    let eligibility: Eligibility
    /// The highest version that anything knows.
    let lastVersion: VersionNumber?
    private let searchText: String

    init(_ profile: ActorProfile, in ledger: Ledger) {
        self.profile = profile
        eligibility = Eligibility.judge(profile, in: ledger)
        let next = VersionEvidence.next(for: profile, in: ledger).number
        lastVersion = next > 1 ? VersionNumber(next - 1) : nil
        let words = [profile.id.padded, profile.name] + eligibility.reasons.map(\.text) + eligibility.warnings.map(\.text)
        searchText = words.joined(separator: "\n").lowercased()
    }

    var id: ActorID { profile.id }

    /// Whether it may be trained, if need be by overriding what is a matter of judgement.
    var canBeTrained: Bool { eligibility.reasons.allSatisfy(\.canBeOverridden) }

    /// The job that trains it now.
    var openJob: (job: JobID, phase: PhaseName)? {
        for reason in eligibility.reasons {
            if case .inTraining(let job, let phase) = reason { return (job, phase) }
        }
        return nil
    }

    func matches(_ lowercased: String) -> Bool { lowercased.isEmpty || searchText.contains(lowercased) }
}

/// In which order actors stand; the eligible ones come first in each.
enum ActorSort: String, CaseIterable, Hashable, Sendable {
    case id, name, images, version

    var next: ActorSort {
        let all = ActorSort.allCases
        return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
    }

    func precedes(_ left: ActorRow, _ right: ActorRow) -> Bool {
        if left.eligibility.isEligible != right.eligibility.isEligible { return left.eligibility.isEligible }
        switch self {
        case .name where left.profile.name != right.profile.name: return left.profile.name < right.profile.name
        case .images where left.profile.images.onS3 != right.profile.images.onS3:
            return left.profile.images.onS3 > right.profile.images.onS3
        case .version where left.lastVersion != right.lastVersion:
            return (left.lastVersion?.number ?? 0) > (right.lastVersion?.number ?? 0)
        default: return left.id < right.id
        }
    }
}

/// The actors pane's rows, sorted and filtered when data or filter change, never when a frame is drawn.
struct ActorBook: Hashable, Sendable {
    private(set) var rows: [ActorID: ActorRow] = [:]
    private var order: [ActorID] = []
    var list = RowList<ActorID>()
    private(set) var marks: Set<ActorID> = []
    private(set) var sort = ActorSort.id
    private(set) var eligibleCount = 0
    /// How many digits the longest id takes, at least four.
    private(set) var idWidth = 4
    var filter = TextInput()

    var count: Int { order.count }
    var selected: ActorRow? { list.selected.flatMap { rows[$0] } }
    /// The marked ones in the list's order, also those that the filter hides.
    var markedRows: [ActorRow] { marks.isEmpty ? [] : order.filter(marks.contains).compactMap { rows[$0] } }

    /// Takes in a cast that was read anew.
    mutating func take(_ actors: [ActorProfile], ledger: Ledger, height: Int) {
        let old = rows
        // An id that stands twice must not end the program; the first entry counts, as everywhere.
        rows = Dictionary(actors.map { ($0.id, ActorRow($0, in: ledger)) }, uniquingKeysWith: { first, _ in first })
        idWidth = max(4, actors.map(\.id.padded.count).max() ?? 0)
        dropMarks(since: old)
        arrange(height: height)
    }

    /// Judges one actor anew, after an event about it.
    mutating func rejudge(_ actor: ActorID, ledger: Ledger, height: Int) {
        guard let old = rows[actor] else { return }
        let new = ActorRow(old.profile, in: ledger)
        guard new != old else { return }
        rows[actor] = new
        dropMarks(since: [actor: old])
        arrange(height: height)
    }

    /// A mark ends with its actor, and when the actor may no longer be trained.
    private mutating func dropMarks(since old: [ActorID: ActorRow]) {
        marks = marks.filter { id in
            guard let row = rows[id] else { return false }
            return row.canBeTrained && (row.eligibility.isEligible || old[id]?.eligibility.isEligible != true)
        }
    }

    /// Sorts and filters.
    mutating func arrange(height: Int) {
        let rule = sort
        let sorted = rows.values.sorted { rule.precedes($0, $1) }
        order = sorted.map(\.id)
        eligibleCount = sorted.count { $0.eligibility.isEligible }
        let text = filter.text.lowercased()
        list.show(text.isEmpty ? order : sorted.filter { $0.matches(text) }.map(\.id), height: height)
    }

    mutating func cycleSort(height: Int) {
        sort = sort.next
        arrange(height: height)
    }

    mutating func toggleMark(_ id: ActorID) {
        if marks.remove(id) == nil { marks.insert(id) }
    }

    /// Marks every eligible actor that is shown; where they all are, unmarks them.
    mutating func toggleAll() {
        let eligible = Set(list.ids.filter { rows[$0]?.eligibility.isEligible == true })
        if eligible.isSubset(of: marks) { marks.subtract(eligible) } else { marks.formUnion(eligible) }
    }

    mutating func clearMarks() { marks = [] }
}
