public import JSONText

/// A ComfyUI training workflow in API form: nodes by number, each with a `class_type` and `inputs`.
///
/// Nodes are addressed by class and never by number: a template that silently keeps its own 1,000 steps costs a paid hour.
public struct Workflow: Hashable, Sendable {
    public internal(set) var json: JSONValue

    /// - Throws: `WorkflowFault.notAWorkflow` where the JSON is not an object of nodes.
    public init(json: JSONValue) throws(WorkflowFault) {
        guard let nodes = json.object, !nodes.members.isEmpty,
            nodes.members.allSatisfy({ $0.value["class_type"]?.string != nil && $0.value["inputs"]?.object != nil })
        else { throw .notAWorkflow }
        self.json = json
    }

    /// The number of the one node of a class.
    func node(ofClass name: String) throws(WorkflowFault) -> String {
        let found = (json.object?.members ?? []).filter { $0.value["class_type"]?.string == name }
        guard let node = found.first else { throw .nodeMissing(name) }
        guard found.count == 1 else { throw .nodeDoubled(name, found.map(\.key)) }
        return node.key
    }

    /// Replaces an input that must be there already and must not be a link to another node.
    mutating func set(_ input: String, of className: String, to value: JSONValue) throws(WorkflowFault) {
        let number = try node(ofClass: className)
        guard var inputs = json[number]?["inputs"]?.object, let current = inputs[input] else {
            throw .inputMissing(className, input)
        }
        guard current.array == nil else { throw .inputLinked(className, input) }
        inputs[input] = value
        json[number]?["inputs"] = .object(inputs)
    }
}

/// Why a workflow template cannot be customised.
public enum WorkflowFault: Error, Hashable, Sendable, CustomStringConvertible {
    case notAWorkflow
    case nodeMissing(String)
    case nodeDoubled(String, [String])
    case inputMissing(String, String)
    case inputLinked(String, String)
    case placeholderMissing

    public var description: String {
        switch self {
        case .notAWorkflow: "the workflow template is not a ComfyUI workflow in API form; export it with “Save (API format)”"
        case .nodeMissing(let name): "the workflow template has no node of class \(name)"
        case .nodeDoubled(let name, let numbers):
            "the workflow template has \(numbers.count) nodes of class \(name) (\(numbers.joined(separator: ", "))); only one can be meant"
        case .inputMissing(let name, let input): "the workflow template's \(name) has no input \(input)"
        case .inputLinked(let name, let input):
            "the workflow template's \(name) takes \(input) from another node; it must be a value"
        case .placeholderMissing: "the workflow template's prompts have no placeholder STYLE_TOKEN for the trigger token"
        }
    }
}
