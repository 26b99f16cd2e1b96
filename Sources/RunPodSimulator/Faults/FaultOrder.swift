/// One fault as it was asked for: `NAME`, `NAME=N` for the first N requests only, `NAME@TEXT` for requests whose model name contains
/// the text, `NAME=N@TEXT` for both, and `error-form=K`, with `@TEXT` too.
public struct FaultOrder: Hashable, Sendable, CustomStringConvertible {
    public let fault: Fault
    /// Only with `error-form`.
    public let form: ErrorForm?
    /// How many requests it befalls; nil for all.
    public let first: Int?
    /// What the model name must contain; nil for any.
    public let model: String?

    public init(_ fault: Fault, form: ErrorForm? = nil, first: Int? = nil, model: String? = nil) {
        self.fault = fault
        self.form = form
        self.first = first
        self.model = model
    }

    /// - Throws: `FaultOrderError` with a sentence that names what is possible.
    public init(parsing text: String) throws(FaultOrderError) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let words = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let fault = Fault(rawValue: String(words[0])) else { throw .unknownFault(String(words[0])) }
        let value = words.count > 1 ? String(words[1]) : nil
        let model = parts.count > 1 ? String(parts[1]) : nil
        if model?.isEmpty == true { throw .emptyActor(text) }
        guard !fault.isGeneral || (value == nil && model == nil) else { throw .general(fault.rawValue) }
        if fault == .errorForm {
            guard let value, let form = ErrorForm(rawValue: value) else { throw .unknownForm(value ?? "") }
            self.init(fault, form: form, model: model)
        } else if let value {
            guard let first = Int(value), first > 0 else { throw .notANumber(text) }
            self.init(fault, first: first, model: model)
        } else {
            self.init(fault, model: model)
        }
    }

    public var description: String {
        var text = fault.rawValue
        if let form { text += "=\(form.rawValue)" }
        if let first { text += "=\(first)" }
        if let model { text += "@\(model)" }
        return text
    }
}

/// Why a fault cannot be had.
public enum FaultOrderError: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownFault(String)
    case unknownForm(String)
    case notANumber(String)
    case emptyActor(String)
    case general(String)

    public var description: String {
        switch self {
        case .unknownFault(let name):
            "there is no fault “\(name)”; there are: \(Fault.allCases.map(\.rawValue).joined(separator: ", "))"
        case .unknownForm(let name): "there is no error form “\(name)”; there are: \(ErrorForm.names)"
        case .notANumber(let text): "in “\(text)” a number of requests from 1 up should follow the equals sign"
        case .general(let name): "“\(name)” befalls the endpoint and not single requests; leave out what follows its name"
        case .emptyActor(let text): "in “\(text)” a part of a model name should follow the @"
        }
    }
}
