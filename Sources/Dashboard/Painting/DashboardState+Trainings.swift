import EngineAPI
import TerminalUI
import Training

enum TrainingField: Hashable, Sendable {
    case mark, job, actor, version, phase, runpod, minutes, bar, step, left, tries, cost, asked
}

extension DashboardState {
    /// As narrow as what is in them allows, so that 80 columns hold all but the time of the last question, which the line above the
    /// footer tells of the selected one. Below that the step goes, and RunPod's word, which the phase mirrors; money and tries stay.
    private func trainingColumns(_ width: Int) -> [TableColumn<TrainingField>] {
        let isWide = width >= 110
        return [
            TableColumn(.mark, "", .fixed(2), rank: 0),
            TableColumn(.job, "job", .fixed(max(3, trainings.widths.job)), rank: 0),
            TableColumn(.actor, width < 90 ? "id" : "actor", .flexible(minimum: trainings.widths.actor, weight: 3), rank: 0),
            TableColumn(.version, "ver", .fixed(max(3, trainings.widths.version)), rank: 0),
            TableColumn(.phase, "phase", .fixed(isWide ? 15 : 10), rank: 0),
            TableColumn(.runpod, "RunPod", .fixed(isWide ? 12 : 11), rank: 4),
            TableColumn(.minutes, "time", .fixed(4), alignment: .right, rank: 0),
            TableColumn(.bar, isWide ? "progress" : "done", .flexible(minimum: 6, weight: 2), rank: 0),
            TableColumn(.step, "step", .fixed(9), rank: 3),
            TableColumn(.left, "left", .fixed(isWide ? 14 : 8), rank: 0),
            TableColumn(.tries, "#", .fixed(trainings.widths.tries), alignment: .right, rank: 1),
            TableColumn(.cost, "cost", .fixed(isWide ? 7 : 6), alignment: .right, rank: 2),
            TableColumn(.asked, "asked", .fixed(5), rank: 5),
        ]
    }

    func paintTrainings(in area: Rect, isFocused: Bool, on buffer: inout Buffer) {
        let table = TableLayout(trainingColumns(area.width), in: area)
        let (head, rows) = area.splitTop(1)
        if !head.isEmpty { table.drawHeadings(y: head.y, on: &buffer) }
        guard !trainings.list.ids.isEmpty else {
            let text =
                trainings.count == 0 ? "No trainings yet." : "No training has “\(trainings.filter.text)”. Esc clears the filter."
            paintEmpty(text, in: rows, on: &buffer)
            return
        }
        for (line, row) in trainings.list.visible(height: rows.height).enumerated() {
            guard let job = ledger[row.id] else { continue }
            let y = rows.y + line
            paint(job, isSelected: row.isSelected, table, y: y, on: &buffer)
            if row.isSelected {
                highlight(Rect(x: rows.x, y: y, width: rows.width, height: 1), isFocused: isFocused, on: &buffer)
            }
        }
    }

    private func paint(_ job: Job, isSelected: Bool, _ table: TableLayout<TrainingField>, y: Int, on buffer: inout Buffer) {
        let attempt = job.latest
        let isMarked = trainings.marks.contains(job.id)
        let style = Style(isMarked ? .marked : .text)
        func draw(_ text: String, _ field: TrainingField, _ role: Role? = nil) {
            table.draw(DisplayText(untrusted: text), in: field, y: y, style: role.map { Style($0) } ?? style, on: &buffer)
        }
        draw((isSelected ? ">" : " ") + (isMarked ? "*" : " "), .mark)
        draw(job.id.description, .job)
        draw(table.rect(of: .actor, y: y).width < 8 ? job.actor.padded : job.actorWords, .actor)
        draw(attempt.version?.description ?? "–", .version)
        draw(attempt.phase.name == .uncertain ? "UNCERTAIN" : attempt.phase.words, .phase, attempt.phase.role)
        draw(runpodWords(of: attempt), .runpod)
        draw(attempt.minutesText(at: now), .minutes)
        draw("\(job.attempts.count)", .tries, job.attempts.count > 1 ? .warning : nil)
        let cost = Cost(of: job, estimated: estimatedCost(of: job), now: now)
        draw(cost.short(isAnswered: isAnswered(attempt)), .cost)
        if !attempt.phase.isDone, let check = checks[attempt.id] { draw(check.asOf.minuteText, .asked, .dim) }
        if let remark = remark(on: attempt) {
            let span = table.span([.bar, .step, .left], y: y)
            let text = DisplayText(untrusted: remark)
            let shown = text.truncated(to: span.width, attempt.phase.ending?.outcome == .completed ? .middle : .end)
            buffer.put(shown, x: span.x, y: y, style: Style(attempt.phase.role), in: span)
        } else {
            paintProgress(of: attempt, table, y: y, style: style, on: &buffer)
        }
    }

    private func paintProgress(
        of attempt: Attempt, _ table: TableLayout<TrainingField>, y: Int, style: Style, on buffer: inout Buffer
    ) {
        let reading = progress[attempt.id]
        if let fraction = reading?.progress.fraction {
            ProgressBar(fraction: fraction).draw(in: table.rect(of: .bar, y: y), on: &buffer)
        } else if let text = reading?.progress.text {
            table.draw(DisplayText(untrusted: text), in: .bar, y: y, style: Style(.dim), on: &buffer)
        }
        if let step = reading?.progress.step {
            let of = reading?.progress.steps.map { "/\($0)" } ?? ""
            table.draw(DisplayText(untrusted: "\(step)\(of)"), in: .step, y: y, style: style, on: &buffer)
        }
        let left = TimeLeft(of: attempt, reading: reading, now: now)
        let words = table.rect(of: .left, y: y).width >= 14 ? left.long : left.short
        table.draw(DisplayText(untrusted: words), in: .left, y: y, style: left.isOver ? Style(.warning) : style, on: &buffer)
    }

    /// RunPod's last word; `?` where it gave no answer since.
    private func runpodWords(of attempt: Attempt) -> String {
        let state = attempt.observed?.state.description ?? "–"
        return isAnswered(attempt) ? state : state + "?"
    }

    /// Whether RunPod gave an answer when it was last asked for an attempt that is open.
    func isAnswered(_ attempt: Attempt) -> Bool { attempt.phase.isDone || checks[attempt.id]?.fault == nil }

    /// Words in place of the bar, where there is nothing to measure.
    private func remark(on attempt: Attempt) -> String? {
        switch attempt.phase {
        case .queued(_, let notBefore?): "not before \(notBefore.minuteText)"
        case .queued: ledger.queue.hold == nil ? "waits for a free place" : "the queue is held"
        case .preparing, .submitting, .waiting, .training: nil
        case .uncertain: attempt.cancelRequestedAt == nil ? "may be paid; v resolves" : "cancel asked; v resolves"
        case .cancelling where attempt.isGone && attempt.cancelTakenAt == nil: "not confirmed; v resolves"
        case .cancelling: "asked; GPU may still run"
        case .verifying: "looks for the model"
        case .done(let ending):
            (ending.outcome == .completed ? nil : attempt.lateNews.last.map { "later: \($0)" }) ?? ending.reason ?? ending.model
                .map { name(of: $0, attempt) } ?? ""
        }
    }

    /// The model's file, and whether it is missing where it should stand: it would be found by nobody there.
    private func name(of model: String, _ attempt: Attempt) -> String {
        let file = String(model.split(separator: "/").last ?? "")
        let isLate = attempt.phase.ending.map { now - $0.at > .minutes(2) } ?? false
        return isLate && !attempt.bookkeeping.modelRecorded ? "\(file), not in the manifest" : file
    }
}

extension Job {
    /// The actor's number and name; once where the name begins with the number, as names do in the present project.
    var actorWords: String { actorName.hasPrefix(actor.padded) ? actorName : "\(actor.padded) \(actorName)" }
}

extension TimeLeft {
    var isOver: Bool {
        if case .over = self { true } else { false }
    }
}

extension AttemptPhase {
    var role: Role {
        switch self {
        case .queued, .preparing, .submitting, .waiting: .text
        case .training, .verifying: .accent
        case .cancelling: .warning
        case .uncertain: .error
        case .done(let ending):
            switch ending.outcome {
            case .completed: .good
            case .cancelled, .neverSubmitted: .dim
            case .failed, .timedOut, .rejected: .warning
            case .lost: .error
            }
        }
    }
}
