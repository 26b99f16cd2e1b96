public import JSONText

/// A workflow held against the rules of its node classes, more strictly than ComfyUI does: a misspelt input takes its default there
/// without a word, and `"false"` is true.
struct WorkflowCheck {
    let nodes: [WorkflowNode]
    let byID: [String: WorkflowNode]

    init(_ workflow: Workflow) {
        nodes = workflow.nodes
        byID = Dictionary(nodes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    var findings: [Finding] {
        let inputs = nodes.flatMap(findingsOfInputs)
        // What hangs together is only worth a look where the parts are whole: one broken link would be told five times.
        guard inputs.errors.isEmpty else { return inputs }
        return inputs + reachability + steps + gpuRules
    }

    private func findingsOfInputs(_ node: WorkflowNode) -> [Finding] {
        if NodeClass.editorOnly.contains(node.className) {
            return [
                .error(
                    "workflow.class", "\(node.title) is a node of the editor, which the worker refuses",
                    remedy: "export the workflow with “Save (API format)”")
            ]
        }
        var found = node.inputs.members.compactMap { brokenLink($0.value, node, $0.key) }
        guard let rules = NodeClass.known[node.className] else { return found }
        for input in rules.inputs where input.isRequired && node[input.name] == nil {
            found.append(
                .error(
                    "workflow.input-missing", "\(node.title) has no input “\(input.name)”, which it needs",
                    remedy: "add “\(input.name)” to node \(node.id) of the workflow template"))
        }
        for member in node.inputs.members {
            guard let input = rules.inputs.first(where: { $0.name == member.key }) else {
                found.append(unknown(member.key, of: node, rules))
                continue
            }
            if let link = WorkflowLink(member.value) {
                found += [mismatch(link, input, node)].compactMap(\.self)
            } else if member.value.array == nil {
                found += [NodeValue(node: node, input: input, value: member.value).finding].compactMap(\.self)
            }
        }
        return found
    }

    /// ComfyUI ignores unknown inputs, so that the one that was meant silently takes its default.
    private func unknown(_ name: String, of node: WorkflowNode, _ rules: NodeClass) -> Finding {
        let letters = name.lowercased().filter { $0.isLetter || $0.isNumber }
        let meant = rules.inputs.first { $0.name.lowercased().filter { $0.isLetter || $0.isNumber } == letters }
        let hint =
            meant.map { "write it “\($0.name)”" } ?? "remove it, or name one of: "
            + rules.inputs.map(\.name).joined(separator: ", ")
        return .error("workflow.input-unknown", "\(node.title) knows no input “\(name)”; it would be ignored", remedy: hint)
    }

    private func brokenLink(_ value: JSONValue, _ node: WorkflowNode, _ input: String) -> Finding? {
        guard value.array != nil else { return nil }
        let repair = "link “\(input)” of node \(node.id) in the workflow template to an output that is there"
        guard let link = WorkflowLink(value) else {
            return .error("workflow.link", "“\(input)” of \(node.title) is a list and no link to a node", remedy: repair)
        }
        guard let source = byID[link.node] else {
            return .error(
                "workflow.link", "“\(input)” of \(node.title) comes from node \(link.node), which is not there", remedy: repair)
        }
        guard let rules = NodeClass.known[source.className], !rules.gives.indices.contains(link.slot) else { return nil }
        return .error(
            "workflow.link",
            "“\(input)” of \(node.title) comes from output \(link.slot) of \(source.title), which has \(rules.gives.count)",
            remedy: repair)
    }

    private func mismatch(_ link: WorkflowLink, _ input: NodeInput, _ node: WorkflowNode) -> Finding? {
        guard let wanted = input.kind.linkType, let source = byID[link.node],
            let gives = NodeClass.known[source.className]?.gives, gives.indices.contains(link.slot), gives[link.slot] != wanted
        else { return nil }
        return .error(
            "workflow.link",
            "“\(input.name)” of \(node.title) wants \(wanted), and \(source.title) gives \(gives[link.slot]) there",
            remedy: "link it to an output of type \(wanted)")
    }
}

extension Workflow {
    /// Everything that is wrong with the workflow as it would be sent, with what to do about it; empty where nothing is.
    ///
    /// The rules are those of ComfyUI-FluxTrainer's node classes and of its trainer. Nodes of other packs are not looked into.
    public func check() -> [Finding] { WorkflowCheck(self).findings }

    /// Customises a template as an order would, and checks what comes of it.
    /// - Parameter template: the template's JSON.
    public static func check(template: JSONValue, with parameters: TrainingParameters) -> [Finding] {
        do {
            return try Workflow(json: template).customised(with: parameters).check()
        } catch {
            return [.error(error.code, "\(error)", remedy: error.remedy)]
        }
    }
}

extension WorkflowFault {
    fileprivate var code: String {
        switch self {
        case .notAWorkflow: "workflow.form"
        case .nodeMissing, .nodeDoubled: "workflow.node"
        case .inputMissing, .inputLinked: "workflow.input-missing"
        case .placeholderMissing: "workflow.placeholder"
        }
    }

    fileprivate var remedy: String {
        switch self {
        case .notAWorkflow: "put a workflow in API form in its place"
        case .nodeMissing(let name): "add a node of class \(name), or take a template that has one"
        case .nodeDoubled(let name, _): "leave one \(name) node in the template"
        case .inputMissing(let name, let input): "add “\(input)” to the template's \(name)"
        case .inputLinked(let name, let input): "unlink “\(input)” of the template's \(name) and give it a value"
        case .placeholderMissing: "write STYLE_TOKEN into the prompts where the trigger token belongs"
        }
    }
}
