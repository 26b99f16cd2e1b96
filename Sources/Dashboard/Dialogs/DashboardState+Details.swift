import EngineAPI
import TerminalUI
import Training

/// Everything about one row, in lines. Times are absolute: nothing here has to be redrawn as time goes by.
extension DashboardState {
    func actorLines(_ id: ActorID) -> [DialogLine] {
        guard let row = actors.rows[id] else { return [DialogLine("The actor is not in the cast any more.", .warning)] }
        let profile = row.profile
        let images = profile.images
        var lines = [
            DialogLine(profile.name, .title),
            DialogLine("Training data: \(profile.trainingDataGood ? "approved" : "not approved")"),
            DialogLine("Images: \(images.onS3) on S3, \(images.synced) of them synced, \(images.recorded) recorded"),
        ]
        if row.eligibility.isEligible {
            lines.append(DialogLine("May be trained.", .good))
        } else {
            lines.append(DialogLine("May not be trained:", .warning))
            lines += row.eligibility.reasons.map {
                DialogLine("  - \($0.text)\($0.canBeOverridden ? " (t, then o, overrides)" : "")")
            }
        }
        lines += row.eligibility.warnings.map { DialogLine("Warning: \($0.text)", .warning) }
        if !profile.models.isEmpty { lines.append(DialogLine("Models:", .title)) }
        lines += profile.models.map { model in
            DialogLine("  \(model.versionName) \(model.filename): \(model.good.map { $0 ? "good" : "bad" } ?? "not judged")")
        }
        if !profile.versions.isEmpty { lines.append(DialogLine("Versions:", .title)) }
        lines += profile.versions.map { version in
            let time = version.timestamp.map { ", \($0.dateText) \($0.minuteText)" } ?? ""
            return DialogLine(
                "  \(version.name) \(version.status.rawValue)\(time), job \(version.id.isEmpty ? "unknown" : version.id)")
        }
        return lines
    }

    func trainingLines(_ id: JobID) -> [DialogLine] {
        guard let job = ledger[id] else { return [DialogLine("The job is not known any more.", .warning)] }
        var lines = [DialogLine(job.actorWords, .title)]
        if job.attempts.count > 1 {
            let cost = Cost(of: job, estimated: estimatedCost(of: job), now: now)
            lines.append(DialogLine("Cost \(cost.long)\(job.costScope)"))
        }
        for attempt in job.attempts.reversed() {
            if job.attempts.count > 1 { lines.append(DialogLine("Attempt \(attempt.id.number)", .title)) }
            lines += attemptLines(attempt, of: job)
        }
        return lines
    }

    private func attemptLines(_ attempt: Attempt, of job: Job) -> [DialogLine] {
        let cost = Cost(of: attempt, estimated: estimatedCost(of: job), now: now)
        let time = attempt.phase.since.minuteText(seenAt: now)
        let price = cost.long(isAnswered: isAnswered(attempt))
        var lines = [DialogLine("\(attempt.phase.words) \(attempt.phase.isDone ? "at" : "since") \(time), cost \(price)")]
        lines += moneyLines(attempt)
        if let reason = attempt.phase.ending?.reason { lines.append(DialogLine(reason, .warning)) }
        if let model = attempt.phase.ending?.model { lines.append(DialogLine("Model: \(model)")) }
        lines += evidence(of: attempt)
        if let order = attempt.order {
            let parameters = order.parameters
            lines.append(
                DialogLine(
                    "\(order.model): \(order.images) images, \(parameters.maxTrainSteps) steps, rate \(parameters.learningRate)"))
            lines.append(
                DialogLine("Rank \(parameters.networkDim), alpha \(parameters.networkAlpha), \(parameters.numRepeats) repeats"))
        }
        let books = attempt.bookkeeping
        let written = [
            (books.versionSaved, "version saved"), (books.versionClosed, "version closed"),
            (books.modelRecorded, "model in the manifest"),
        ].filter(\.0).map(\.1)
        if !written.isEmpty { lines.append(DialogLine("Written: " + written.joined(separator: ", "))) }
        lines += attempt.lateNews.map { DialogLine("Later: \($0)", .warning) }
        return lines
    }

    /// What is known of a training whose submission was not answered.
    func evidence(of job: JobID) -> [DialogLine] {
        guard let attempt = ledger[job]?.latest else { return [DialogLine("The job is not known any more.", .warning)] }
        var lines: [DialogLine] = []
        if case .uncertain(_, let reason) = attempt.phase { lines.append(DialogLine("Uncertain: \(reason)", .warning)) }
        lines += evidence(of: attempt)
        if !attempt.bookkeeping.versionSaved { lines.append(DialogLine("No version was saved for it.")) }
        if let end = attempt.doubtEnds ?? attempt.limitsEnd {
            lines.append(DialogLine("It could still leave a model until \(end.dateText) \(end.minuteText) UTC."))
        }
        lines.append(DialogLine("Look at RunPod's console before you answer: trained twice is paid twice.", .title))
        return lines
    }

    private func evidence(of attempt: Attempt) -> [DialogLine] {
        var lines: [DialogLine] = []
        if let submitted = attempt.submittedAt {
            lines.append(DialogLine("Sent: \(submitted.dateText) \(submitted.secondText) UTC"))
        }
        if let request = attempt.order?.request { lines.append(DialogLine("Request: \(request)")) }
        lines.append(DialogLine("RunPod job: \(attempt.runpod?.rawValue ?? "none known")"))
        if let observed = attempt.observed {
            let retries = observed.retries.map { $0 > 0 ? ", begun anew on another worker \(counted($0, "time"))" : "" } ?? ""
            lines.append(DialogLine("RunPod said: \(observed.state)\(observed.worker.map { " on \($0)" } ?? "")\(retries)"))
        }
        if let check = checks[attempt.id] {
            lines.append(
                DialogLine(
                    "Last answer \(check.asOf.secondText(seenAt: now))" + (check.fault.map { ", since then: \($0)" } ?? "")))
        }
        return lines
    }
}
