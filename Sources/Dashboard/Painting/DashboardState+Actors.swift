import TerminalUI
import Training

enum ActorField: Hashable, Sendable {
    case mark, id, name, images, data, model, version, reason
}

extension DashboardState {
    private func actorColumns(_ width: Int) -> [TableColumn<ActorField>] {
        [
            TableColumn(.mark, "", .fixed(2), rank: 0),
            TableColumn(.id, "id", .fixed(actors.idWidth), rank: 0),
            TableColumn(.name, "name", .flexible(minimum: 12, weight: 2), rank: 0),
            TableColumn(.images, "imgs", .fixed(4), alignment: .right, rank: 1),
            TableColumn(.data, "data", .fixed(4), rank: 3),
            TableColumn(.model, "model", .fixed(8), rank: 2),
            TableColumn(.version, "last", .fixed(4), rank: 4),
            TableColumn(.reason, "why not, or what to know", .flexible(minimum: 14, weight: 3), rank: 0),
        ]
    }

    func paintActors(in area: Rect, isFocused: Bool, on buffer: inout Buffer) {
        let table = TableLayout(actorColumns(area.width), in: area)
        let (head, rows) = area.splitTop(1)
        if !head.isEmpty { table.drawHeadings(y: head.y, on: &buffer) }
        guard !actors.list.ids.isEmpty else {
            paintEmpty(emptyActors, in: rows, on: &buffer)
            return
        }
        for (line, row) in actors.list.visible(height: rows.height).enumerated() {
            guard let actor = actors.rows[row.id] else { continue }
            paint(actor, isSelected: row.isSelected, table, y: rows.y + line, on: &buffer)
            if row.isSelected {
                highlight(Rect(x: rows.x, y: rows.y + line, width: rows.width, height: 1), isFocused: isFocused, on: &buffer)
            }
        }
    }

    private var emptyActors: String {
        if actors.count > 0 { return "No actor has “\(actors.filter.text)”. Esc clears the filter." }
        if let castFault { return "The actors could not be read: \(castFault)" }
        return castAsOf == nil ? "The actors are being read." : "There are no actors."
    }

    private func paint(
        _ actor: ActorRow, isSelected: Bool, _ table: TableLayout<ActorField>, y: Int, on buffer: inout Buffer
    ) {
        let isMarked = actors.marks.contains(actor.id)
        let isEligible = actor.eligibility.isEligible
        let style = Style(isMarked ? .marked : isEligible || actor.openJob != nil ? .text : .dim)
        func draw(_ text: String, _ field: ActorField, _ role: Role? = nil) {
            table.draw(DisplayText(untrusted: text), in: field, y: y, style: role.map { Style($0) } ?? style, on: &buffer)
        }
        draw((isSelected ? ">" : " ") + (isMarked ? "*" : " "), .mark)
        draw(actor.id.padded, .id)
        draw(actor.profile.name, .name)
        draw("\(actor.profile.images.onS3)", .images)
        draw(actor.dataBadge, .data)
        draw(actor.modelBadge, .model)
        draw(actor.lastVersion?.description ?? "–", .version)
        let (words, role) = actor.remark
        draw(words, .reason, isEligible || actor.openJob != nil ? role : nil)
    }
}

extension ActorRow {
    /// `ok`, `open` (not approved), `none`, `part` (not synced).
    var dataBadge: String {
        let images = profile.images
        if images.onS3 == 0 { return "none" }
        if !images.isSynced { return "part" }
        return profile.trainingDataGood ? "ok" : "open"
    }

    /// The good model, else the newest one with its verdict: `V7 good`, `V8 bad`, `V9 ?`.
    var modelBadge: String {
        if let good = profile.goodModel { return "\(good.versionName) good" }
        for reason in eligibility.reasons {
            if case .awaitsVerdict(let version) = reason { return "\(version) ?" }
        }
        guard let newest = profile.models.max(by: { ($0.version?.number ?? 0) < ($1.version?.number ?? 0) }) else { return "–" }
        return "\(newest.versionName) \(newest.good == false ? "bad" : "?")"
    }

    /// The job that trains it; else the first reason against it and how many more there are; else a warning.
    var remark: (String, Role) {
        if let open = openJob { return ("\(open.job) \(open.phase.rawValue)", .accent) }
        if let first = eligibility.reasons.first {
            let more = eligibility.reasons.count - 1
            return ((more > 0 ? "(+\(more)) " : "") + first.text, .dim)
        }
        if let warning = eligibility.warnings.first { return ("! \(warning.text)", .warning) }
        return ("", .text)
    }
}
