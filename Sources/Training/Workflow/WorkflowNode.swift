import JSONText

/// A node of a workflow as the checks read it.
struct WorkflowNode: Sendable {
    let id: String
    let className: String
    let inputs: JSONObject

    /// `FluxTrainLoop (node 40)`.
    var title: String { "\(className) (node \(id))" }

    subscript(input: String) -> JSONValue? { inputs[input] }

    /// Where an input comes from; nil where it is a value, or no well-formed link.
    func link(_ input: String) -> WorkflowLink? { inputs[input].flatMap(WorkflowLink.init) }

    var links: [WorkflowLink] { inputs.members.compactMap { WorkflowLink($0.value) } }
}

/// `["30", 0]`: a node and the slot of its output.
struct WorkflowLink: Hashable, Sendable {
    let node: String
    let slot: Int

    init?(_ value: JSONValue) {
        guard let parts = value.array, parts.count == 2, let node = parts[0].string, let slot = parts[1].int, slot >= 0 else {
            return nil
        }
        self.node = node
        self.slot = slot
    }
}

extension Workflow {
    var nodes: [WorkflowNode] {
        (json.object?.members ?? []).compactMap { member in
            guard let name = member.value["class_type"]?.string, let inputs = member.value["inputs"]?.object else { return nil }
            return WorkflowNode(id: member.key, className: name, inputs: inputs)
        }
    }
}
