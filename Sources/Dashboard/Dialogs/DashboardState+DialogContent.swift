import TerminalUI
import Training

/// The words of the open dialog.
extension DashboardState {
    func content(of dialog: Dialog, width: Int) -> DialogContent {
        switch dialog.kind {
        case .plan(let sheet):
            return DialogContent(
                title: sheet.started.isEmpty ? "Nothing to start" : "Start \(counted(sheet.started.count, "training"))?",
                lines: sheet.lines(parallelism: ledger.queue.parallelism, width: width),
                buttons: buttons(
                    .plan,
                    [
                        .accept: !sheet.started.isEmpty && (sheet.obstacle == nil || sheet.isWaiting) ? "start" : nil,
                        .override: sheet.canOverride ? "override" : nil,
                        .seeWarnings: sheet.needsSeeing ? "warnings seen" : nil, .decline: sheet.started.isEmpty ? "close" : "no",
                    ]))
        case .question(let question):
            return DialogContent(
                title: question.title, lines: question.lines, prompt: question.typedWord.map { "Type “\($0)” and Enter: " },
                buttons: question.typedWord == nil
                    ? buttons(.question) : buttons(.typedQuestion, [.keepText: "do it", .dropText: "no"]))
        case .verdict(let actor, let version):
            let lines = [DialogLine("A good model takes its actor out of the eligible ones; a bad one lets it be trained again.")]
            return DialogContent(
                title: "Is \(ModelName(actor: actor, version: version)) good?", lines: lines, buttons: buttons(.verdict))
        case .resolution(let job):
            return DialogContent(title: "What became of \(job)?", lines: evidence(of: job), buttons: buttons(.resolution))
        case .reason(let job, let outcome):
            let lines = [DialogLine("\(job) will be recorded as \(outcome.words). The reason is kept with it.")]
            return DialogContent(
                title: "Resolve \(job)", lines: lines, prompt: "Because: ",
                buttons: buttons(.reason, [.keepText: "resolve", .dropText: "no"]))
        case .leaving:
            return DialogContent(
                title: "Leave?", lines: leavingLines, buttons: buttons(.leaving, [.accept: "leave", .decline: "stay"]))
        case .help(let pane):
            return DialogContent(title: "Keys", lines: helpLines(for: pane), buttons: buttons(.reading))
        case .actor(let id):
            return DialogContent(title: "Actor \(id.padded)", lines: actorLines(id), buttons: buttons(.reading))
        case .training(let id):
            return DialogContent(title: "Training \(id)", lines: trainingLines(id), buttons: buttons(.reading))
        case .logEntry(let number):
            return DialogContent(title: "Log line", lines: logLines(number), buttons: buttons(.reading))
        }
    }

    /// Buttons from the key table; `words` says what a key means in this dialog, and leaves out the ones that mean nothing.
    private func buttons(_ context: KeyContext, _ words: [KeyAction: String?] = [:]) -> [KeyHints.Hint] {
        KeyTable.bindings(in: context).compactMap { binding in
            guard let word = words[binding.action] ?? binding.word?.string else { return nil }
            return KeyHints.Hint(binding.keyName, DisplayText(untrusted: word))
        }
    }

    private func helpLines(for pane: Pane) -> [DialogLine] {
        func line(_ binding: KeyBinding) -> DialogLine {
            DialogLine(binding.help.string, label: binding.keyNames)
        }
        var lines = [DialogLine("In \(pane.title)", .title)]
        lines += KeyTable.bindings(in: pane.context).filter { $0.contexts.intersection(KeyContext.panes).count < 3 }.map(line)
        lines += [.blank, DialogLine("In every pane", .title)]
        lines += KeyTable.bindings(in: pane.context).filter { $0.contexts.isSuperset(of: KeyContext.panes) }.map(line)
        // The terminal itself takes this one; it never comes as a key.
        lines.append(DialogLine("Stop the dashboard; fg brings it back.", label: "Ctrl-Z"))
        for other in Pane.allCases where other != pane {
            lines += [.blank, DialogLine("In \(other.title)", .title)]
            lines += KeyTable.bindings(in: other.context).filter { !$0.contexts.contains(pane.context) }.map(line)
        }
        lines += [.blank, DialogLine("In dialogs", .title)]
        lines += KeyTable.dialogs.filter { $0.contexts.isDisjoint(with: KeyContext.fields) }.map(line)
        lines += [.blank, DialogLine("In text fields", .title)]
        lines += KeyTable.dialogs.filter { !$0.contexts.isDisjoint(with: KeyContext.fields) }.map(line)
        return lines
    }

    private func logLines(_ number: Int) -> [DialogLine] {
        guard let entry = log.entry(number) else { return [DialogLine("The log no longer has this line.")] }
        let subject = entry.job.map { " · \($0)" } ?? ""
        return [DialogLine("\(entry.time.dateText) \(entry.time.secondText) UTC\(subject)", .dim), DialogLine(entry.text)]
    }
}
