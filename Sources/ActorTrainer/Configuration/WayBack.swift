import EngineAPI
import Foundation

/// The command that leads back to the dashboard that is just being left: its program, its source and every option that decides what is
/// seen there. Left out is what would not lead back: `--fresh` throws the trainings away, and a simulator keeps its faults by itself.
struct WayBack {
    let command: String

    init(to options: SourceOptions, as source: SourceDescription, usesColours: Bool, program: String = CommandLine.arguments[0]) {
        var words = [program]
        switch source.kind {
        case .demo:
            words.append("--demo")
            if let scale = options.timeScale { words += ["--time-scale", WayBack.number(scale)] }
        // Named also where the current folder or the configuration named it: the next shell may stand elsewhere.
        case .project: words += ["--project", source.label]
        case .server: words += ["--server", source.label]
        }
        if let folder = options.stateDir { words += ["--state-dir", Folders.absolute(folder)] }
        if let file = options.config { words += ["--config", Folders.absolute(file)] }
        if let port = options.webhookPort { words += ["--webhook-port", String(port)] }
        if options.readOnly { words.append("--read-only") }
        if !usesColours { words.append("--no-color") }
        if options.logLevel != SourceOptions.usualLogLevel { words += ["--log-level", options.logLevel] }
        command = words.map(WayBack.quoted).joined(separator: " ")
    }

    private static func number(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? String(value) }

    /// A word as a shell takes it back.
    private static func quoted(_ word: String) -> String {
        let plain = Set("-_./:=@%+,~")
        let isPlain = !word.isEmpty && word.allSatisfy { ($0.isASCII && ($0.isLetter || $0.isNumber)) || plain.contains($0) }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
