public import JSONText
import TerminalUI
public import Training

/// What a check came to as one JSON value, for `doctor --json` and `train --json`.
public func checkJSON(_ finding: Finding) -> JSONValue {
    [
        "check": .string(finding.code),
        "status": .string(finding.severity.status),
        "detail": .string(finding.sentence),
        "remedy": finding.remedy.map { .string($0) } ?? .null,
    ]
}

extension Finding {
    /// The same in plain lines: a mark with the sentence, and what to do below it.
    public var lines: [PlainLine] {
        let first = PlainLine("", DisplayText(untrusted: "\(severity.mark) \(code): \(sentence)"))
        return [first] + (remedy.map { [PlainLine("    → ", DisplayText(untrusted: $0))] } ?? [])
    }
}

extension Finding.Severity {
    /// A note is all right: it is only worth knowing.
    fileprivate var status: String {
        switch self {
        case .ok, .note: "ok"
        case .warning: "warn"
        case .error: "fail"
        case .skipped: "skipped"
        }
    }

    fileprivate var mark: String {
        switch self {
        case .ok: "✓"
        case .note: "·"
        case .warning: "!"
        case .error: "✗"
        case .skipped: "–"
        }
    }
}
