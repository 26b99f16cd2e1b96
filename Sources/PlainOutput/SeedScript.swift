public import EngineAPI
import TerminalUI
public import Training

/// The lines that `train` prints, word for word those of the script that it replaces, so that what reads them goes on working.
public enum SeedScript {
    static func line(_ text: String) -> PlainLine { PlainLine("[Auto Train] ", DisplayText(untrusted: text)) }

    /// Something that the operator should see.
    public static func warning(_ text: String) -> PlainLine { PlainLine("[Auto Train] ⚠️ ", DisplayText(untrusted: text)) }

    public static let banner: [PlainLine] = [
        rule(60), PlainLine("", "Automated Actor Training Script"), rule(60),
    ]

    public static let loading = line("Loading actors from API...")

    static func rule(_ width: Int) -> PlainLine { PlainLine("", DisplayText(untrusted: String(repeating: "=", count: width))) }

    /// What was loaded, and each actor with its verdict; those whose data nobody approved are counted and not listed one by one, for
    /// in a cast of hundreds they are nearly all.
    public static func cast(_ actors: [ActorProfile], in ledger: Ledger) -> [PlainLine] {
        var lines = [line("Loaded \(actors.count) actors")]
        var eligible = 0
        for actor in actors {
            let verdict = Eligibility.judge(actor, in: ledger)
            if verdict.isEligible {
                eligible += 1
                lines.append(line("✓ Eligible: \(actor.name) (ID: \(actor.id), Images: \(actor.images.onS3))"))
                lines += verdict.warnings.map { warning("\(actor.name): \($0.text)") }
            } else {
                lines.append(line("✗ Skipped: \(actor.name) (\(verdict.reasons.map(\.text).joined(separator: ", ")))"))
            }
        }
        lines.append(line("Found \(eligible) eligible actor(s)"))
        return lines
    }

    public static func limit(_ count: Int) -> PlainLine { line("Will train up to \(count) actors") }

    public static let checkingTunnel = line("Checking ngrok status...")

    public static func route(_ route: RouteReading?) -> PlainLine {
        switch route?.state {
        case .up where route?.isLocal == true: line("✓ Tunnel not needed: the simulator is on this machine")
        case .up: line("✓ Ngrok already running: \(route?.detail ?? "")")
        case .down: warning("No webhook can reach this machine (\(route?.detail ?? "")); trainings are polled")
        case nil, .some(.none): warning("No tunnel: \(route?.detail ?? "none is set up"); trainings are polled")
        }
    }

    /// The banner before a training.
    public static func training(_ number: Int, of count: Int) -> [PlainLine] {
        [rule(40), line("Training \(number)/\(count)"), rule(40)]
    }

    public static func starting(_ job: Job) -> [PlainLine] {
        [line("Starting training for: \(job.actorName)"), line("Actor ID: \(job.actor.padded)")]
    }

    public static func ordered(_ order: Order) -> [PlainLine] {
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

    public static func started(_ runpod: RunPodID) -> [PlainLine] { [line("✓ Training started!"), line("Job ID: \(runpod)")] }

    public static func expected(_ order: Order) -> [PlainLine] {
        let minutes = Int((order.expectation.duration.inSeconds / 60).rounded())
        return [line("Estimated duration: ~\(minutes) minutes")]
            + (order.webhook ? [line("Webhook will notify when complete")] : [])
    }

    /// - Parameter name: the actor's, where more than one is in training.
    public static func status(_ text: String, after elapsed: Seconds, of name: String? = nil) -> PlainLine {
        line("[\(max(0, elapsed.wholeMinutes))m] Status: \(text)\(suffix(name))")
    }

    /// After the script's own words, so that what looks for them finds them.
    static func suffix(_ name: String?) -> String { name.map { " (\($0))" } ?? "" }
}
