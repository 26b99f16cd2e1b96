import JSONText

/// What runs at all, and for how many steps.
extension WorkflowCheck {
    private func isSink(_ node: WorkflowNode) -> Bool {
        NodeClass.known[node.className]?.isOutput ?? NodeClass.foreignOutputs.contains(node.className)
    }

    /// The nodes that an output node needs. One of a foreign pack may be an output for all we know, and so counts as one.
    private var running: Set<String> {
        var reached: Set<String> = []
        var open = nodes.filter { isSink($0) || NodeClass.known[$0.className] == nil }.map(\.id)
        while let id = open.popLast() {
            guard reached.insert(id).inserted, let node = byID[id] else { continue }
            open += node.links.map(\.node)
        }
        return reached
    }

    var reachability: [Finding] {
        // One of a foreign pack may be an output; then what it leads to is told node by node.
        guard nodes.contains(where: { isSink($0) || NodeClass.known[$0.className] == nil }) else {
            return [
                .error(
                    "workflow.output", "the workflow has no output node such as FluxTrainEnd: nothing would be run",
                    remedy: "end the training chain with a FluxTrainEnd")
            ]
        }
        let running = running
        return nodes.filter { !running.contains($0.id) }.map { node in
            // Settings that nobody takes change nothing; a link of the chain that leads nowhere is a training without what it was for.
            if node.links.isEmpty { return .note("workflow.unused", "\(node.title) is used by no other node") }
            let isTraining = node.className == "FluxTrainLoop"
            return Finding(
                isTraining ? .error : .warning, "workflow.unreached",
                "\(node.title) leads to no output node: it would not be run" + (isTraining ? ", and nothing trained" : ""),
                remedy: "link its output towards FluxTrainEnd, or remove it")
        }
    }

    /// The loops' steps are relative: they must add up to what the network was told.
    var steps: [Finding] {
        nodes.filter { $0.className == "FluxTrainEnd" }.flatMap { end -> [Finding] in
            let chain = chain(from: end)
            guard let network = chain.last(where: { $0["max_train_steps"] != nil }), let most = network["max_train_steps"]?.int,
                // This one runs to the end by itself.
                !chain.contains(where: { $0.className == "FluxTrainAndValidateLoop" })
            else { return [] }
            let loops = chain.filter { $0.className == "FluxTrainLoop" }
            let sum = loops.reduce(0) { $0 + ($1["steps"]?.int ?? 0) }
            var found = warmUp(of: network, most)
            guard sum != most else { return found }
            let names = loops.isEmpty ? "no FluxTrainLoop" : loops.map(\.title).joined(separator: " and ")
            let outcome = sum < most ? "the training would stop short" : "the rest would not be trained"
            found.append(
                .error(
                    "workflow.steps",
                    "\(names) before \(end.title) make \(sum) steps, and \(network.title) says \(most): \(outcome)",
                    remedy: "make the loops' steps add up to \(most)"))
            return found
        }
    }

    private func warmUp(of network: WorkflowNode, _ most: Int) -> [Finding] {
        guard let optimizer = network.link("optimizer_settings").flatMap({ byID[$0.node] }),
            let warmUp = optimizer["lr_warmup_steps"]?.int, warmUp >= most
        else { return [] }
        return [
            .warning(
                "workflow.warm-up", "the \(warmUp) warm-up steps of \(optimizer.title) leave nothing of the \(most) steps",
                remedy: "give it fewer warm-up steps, such as a fifth of all")
        ]
    }

    /// The nodes from an end back to the network, by their `network_trainer`.
    private func chain(from end: WorkflowNode) -> [WorkflowNode] {
        var chain = [end]
        while let next = chain.last?.link("network_trainer").flatMap({ byID[$0.node] }),
            !chain.contains(where: { $0.id == next.id })
        {
            chain.append(next)
        }
        return chain
    }
}
