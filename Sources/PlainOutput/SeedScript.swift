public import EngineAPI
public import TerminalUI
public import Training

/// The lines that `train` prints, word for word those of the script that it replaces, so that what reads them goes on working.
public enum SeedScript {
    static func line(_ text: String) -> DisplayText { DisplayText(untrusted: "[Auto Train] \(text)") }

    public static let banner: [DisplayText] = [
        rule(60), "Automated Actor Training Script", rule(60),
    ]

    public static let loading = line("Loading actors from API...")

    static func rule(_ width: Int) -> DisplayText { DisplayText(untrusted: String(repeating: "=", count: width)) }

    /// What was loaded, and each actor with its verdict; those whose data nobody approved are counted and not listed one by one, for
    /// in a cast of hundreds they are nearly all.
    public static func cast(_ actors: [ActorProfile], in ledger: Ledger) -> [DisplayText] {
        var lines = [line("Loaded \(actors.count) actors")]
        var eligible = 0
        for actor in actors {
            let verdict = Eligibility.judge(actor, in: ledger)
            if verdict.isEligible {
                eligible += 1
                lines.append(line("✓ Eligible: \(actor.name) (ID: \(actor.id), Images: \(actor.images.onS3))"))
                lines += verdict.warnings.map { line("⚠️ \(actor.name): \($0.text)") }
            } else {
                lines.append(line("✗ Skipped: \(actor.name) (\(verdict.reasons.map(\.text).joined(separator: ", ")))"))
            }
        }
        lines.append(line("Found \(eligible) eligible actor(s)"))
        return lines
    }

    public static func limit(_ count: Int) -> DisplayText { line("Will train up to \(count) actors") }

    public static let checkingTunnel = line("Checking ngrok status...")

    public static func route(_ route: RouteReading?) -> DisplayText {
        switch route?.state {
        case .up: line("✓ Ngrok already running: \(route?.detail ?? "")")
        case .down: line("⚠️ No webhook can reach this machine (\(route?.detail ?? "")); trainings are polled")
        case nil, .some(.none): line("⚠️ No tunnel: \(route?.detail ?? "none is set up"); trainings are polled")
        }
    }

    /// The banner before a training.
    public static func training(_ number: Int, of count: Int) -> [DisplayText] {
        [rule(40), line("Training \(number)/\(count)"), rule(40)]
    }

    public static func starting(_ job: Job) -> [DisplayText] {
        [line("Starting training for: \(job.actorName)"), line("Actor ID: \(job.actor.padded)")]
    }

    public static func ordered(_ order: Order) -> [DisplayText] {
        let parameters = order.parameters
        return [
            line("Training images: \(order.images)"), line("Parameters:"), line("  - Steps: \(parameters.maxTrainSteps)"),
            line("  - Learning Rate: \(parameters.learningRate)"),
            line("  - Rank/Alpha: \(parameters.networkDim)/\(parameters.networkAlpha)"),
            line("  - Repeats: \(parameters.numRepeats)"),
            line("  - Trigger: \(parameters.classTokens)"), line("Found \(order.images) training images in S3"),
            line("Version: \(order.model.version)"),
        ]
    }

    public static func started(_ runpod: RunPodID) -> [DisplayText] { [line("✓ Training started!"), line("Job ID: \(runpod)")] }

    public static func expected(_ order: Order) -> [DisplayText] {
        let minutes = Int((order.expectation.duration.inSeconds / 60).rounded())
        return [line("Estimated duration: ~\(minutes) minutes")]
            + (order.webhook ? [line("Webhook will notify when complete")] : [])
    }

    public static func status(_ text: String, after elapsed: Seconds) -> DisplayText {
        line("[\(max(0, elapsed.wholeMinutes))m] Status: \(text)")
    }
}
