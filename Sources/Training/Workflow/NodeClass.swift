/// What a node class of ComfyUI declares: its inputs with their kinds and ranges, and what it gives.
///
/// The table is made from the node pack's source; other packs' nodes are in templates, too, and are left alone.
struct NodeClass: Sendable {
    let name: String
    /// The types of its outputs, by slot.
    let gives: [String]
    /// Whether ComfyUI starts from it: a node that no such node needs is never run.
    let isOutput: Bool
    let inputs: [NodeInput]

    init(_ name: String, gives: [String], isOutput: Bool = false, _ inputs: [NodeInput]) {
        self.name = name
        self.gives = gives
        self.isOutput = isOutput
        self.inputs = inputs
    }

    static let known: [String: NodeClass] = {
        let all = datasets + optimizers + networks + models + loops
        return Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }()

    /// Sinks of ComfyUI itself and of packs that templates use; what they take and give is not checked.
    static let foreignOutputs: Set<String> = ["SaveImage", "PreviewImage", "Display Any (rgthree)", "PreviewAny"]

    /// Nodes of the editor's own format, which the worker refuses.
    static let editorOnly: Set<String> = ["Reroute", "Note", "GetNode", "SetNode", "PrimitiveNode"]
}

/// One input of a node class.
struct NodeInput: Sendable {
    let name: String
    let isRequired: Bool
    let kind: Kind

    /// Ranges are inclusive, as ComfyUI has them; a step is the editor's and is not enforced there.
    enum Kind: Sendable {
        case int(from: Int? = nil, to: UInt64? = nil, step: Int = 1)
        case float(from: Double? = nil, to: Double? = nil, step: Double? = nil)
        case string
        case boolean
        case choice([String])
        /// One of a list that only the worker knows.
        case choiceOfWorker
        /// A file in one of the worker's model folders.
        case file(folder: String)
        /// Comes from another node and cannot be written down.
        case link(String)

        /// The type that a linked output must have; nil where any will do.
        var linkType: String? {
            switch self {
            case .int: "INT"
            case .float: "FLOAT"
            case .string: "STRING"
            case .boolean: "BOOLEAN"
            case .link(let type): type
            case .choice, .choiceOfWorker, .file: nil
            }
        }
    }

    static func required(_ name: String, _ kind: Kind) -> NodeInput { NodeInput(name: name, isRequired: true, kind: kind) }
    static func optional(_ name: String, _ kind: Kind) -> NodeInput { NodeInput(name: name, isRequired: false, kind: kind) }
}
