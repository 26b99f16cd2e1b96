import JSONText

/// A written value held against its input's rule. ComfyUI would coerce it: 2.7 becomes 2, and the string `"false"` becomes true.
struct NodeValue {
    let node: WorkflowNode
    let input: NodeInput
    let value: JSONValue

    var finding: Finding? {
        switch input.kind {
        case .int(let least, let most, let step): return whole(least, most, step)
        case .float(let least, let most, let step): return real(least, most, step)
        case .string: return value.string == nil ? wrongType("a text") : nil
        case .boolean: return value.bool == nil ? wrongType("true or false") : nil
        case .choice(let names):
            guard let name = value.string else { return wrongType("one of its names") }
            guard !names.contains(name) else { return nil }
            return error("workflow.choice", "is “\(name)”", "take one of: " + names.joined(separator: ", "))
        case .choiceOfWorker, .file:
            return value.string?.isEmpty == false ? nil : wrongType("a name that the worker knows")
        case .link(let type):
            return error("workflow.link", "must come from another node", "link it to an output of type \(type)")
        }
    }

    private func whole(_ least: Int?, _ most: UInt64?, _ step: Int) -> Finding? {
        guard case .number(let text) = value else { return wrongType("a whole number") }
        // A seed may be larger than any `Int`.
        if Int(text) == nil, UInt64(text) != nil { return most.flatMap { UInt64(text) ?? 0 > $0 ? tooMuch("\($0)") : nil } }
        guard let number = Int(text) ?? Double(text).flatMap({ Int(exactly: $0) }) else { return wrongType("a whole number") }
        if let least, number < least { return tooLittle("\(least)") }
        if let most, number > 0, UInt64(number) > most { return tooMuch("\(most)") }
        return (number - (least ?? 0)) % step == 0 ? nil : offStep("\(step)")
    }

    private func real(_ least: Double?, _ most: Double?, _ step: Double?) -> Finding? {
        guard let number = value.double, number.isFinite else { return wrongType("a number") }
        if let least, number < least { return tooLittle("\(least)") }
        if let most, number > most { return tooMuch("\(most)") }
        guard let step else { return nil }
        let steps = (number - (least ?? 0)) / step
        // What a person typed in decimals is never exactly on a binary step.
        return abs(steps - steps.rounded()) < max(1e-6, abs(steps) * 1e-9) ? nil : offStep("\(step)")
    }

    private func tooLittle(_ least: String) -> Finding {
        error("workflow.range", "is \(value.text()), and the least is \(least)", "give it \(least) or more")
    }

    private func tooMuch(_ most: String) -> Finding {
        error("workflow.range", "is \(value.text()), and the most is \(most)", "give it \(most) or less")
    }

    private func offStep(_ step: String) -> Finding {
        .warning(
            "workflow.step", "“\(input.name)” of \(node.title) is \(value.text()), which is off its step of \(step)",
            remedy: "check that it is meant, or take a multiple of \(step)")
    }

    private func wrongType(_ wanted: String) -> Finding {
        error("workflow.type", "is \(value.text()) and must be \(wanted)", "write \(wanted)")
    }

    private func error(_ code: String, _ what: String, _ remedy: String) -> Finding {
        .error(
            code, "“\(input.name)” of \(node.title) \(what)", remedy: "\(remedy), in node \(node.id) of the workflow template")
    }
}
