/// What one check came to, before anything is paid.
public struct Finding: Hashable, Sendable {
    /// How much it matters, the least first.
    public enum Severity: String, Hashable, Sendable, CaseIterable {
        case ok
        /// Worth knowing, and nothing to be done about.
        case note
        /// May well be wrong: a start wants to be told that it was seen.
        case warning
        /// Would waste money or end in nothing: no start.
        case error
        /// Could not be looked at; the sentence says why.
        case skipped
    }

    public var severity: Severity
    /// Its dotted name, which stays the same: `runpod.key`.
    public var code: String
    /// What was found, in one sentence that names the thing; raw text.
    public var sentence: String
    /// What to do about it; nil where nothing is to be done.
    public var remedy: String?
    /// An error that is no missing prerequisite: to go on would pay twice or for nothing.
    public var isRefusal: Bool

    public init(
        _ severity: Severity, _ code: String, _ sentence: String, remedy: String? = nil, isRefusal: Bool = false
    ) {
        self.severity = severity
        self.code = code
        self.sentence = sentence
        self.remedy = remedy
        self.isRefusal = isRefusal
    }

    public static func ok(_ code: String, _ sentence: String) -> Finding { Finding(.ok, code, sentence) }
    public static func note(_ code: String, _ sentence: String) -> Finding { Finding(.note, code, sentence) }
    public static func skipped(_ code: String, _ reason: String, remedy: String? = nil) -> Finding {
        Finding(.skipped, code, reason, remedy: remedy)
    }
    public static func warning(_ code: String, _ sentence: String, remedy: String) -> Finding {
        Finding(.warning, code, sentence, remedy: remedy)
    }
    public static func error(_ code: String, _ sentence: String, remedy: String) -> Finding {
        Finding(.error, code, sentence, remedy: remedy)
    }
}

extension [Finding] {
    public var errors: [Finding] { filter { $0.severity == .error } }
    public var warnings: [Finding] { filter { $0.severity == .warning } }
    /// What an operator has to read: errors first, then warnings.
    public var objections: [Finding] { errors + warnings }
}

/// A reading that may not be possible: there is no back end for it, no key, or the journal is somebody else's.
public enum Checked<Value: Hashable & Sendable>: Hashable, Sendable {
    case known(Value)
    /// It could not be looked at; the reason is a sentence.
    case notChecked(String)

    public var value: Value? { if case .known(let value) = self { value } else { nil } }
}
