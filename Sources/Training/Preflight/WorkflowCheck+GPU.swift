import JSONText

/// Rules that the trainer asserts when the GPU is already paid for (its `train_util.py` and `train_network.py`).
extension WorkflowCheck {
    var gpuRules: [Finding] {
        nodes.flatMap { node -> [Finding] in
            switch node.className {
            case "InitFluxLoRATraining", "InitFluxTraining": return caches(of: node) + blocks(of: node) + disk(of: node)
            case "TrainDatasetAdd": return sizes(of: node)
            case "TrainDatasetGeneralConfig": return reset(of: node)
            case "TrainNetworkConfig" where node["network_type"] == "lora":
                return [
                    .error(
                        "workflow.gpu", "\(node.title) with network_type “lora” crashes: the trainer never sets a variable",
                        remedy: "remove the node (plain LoRA needs none), or take one of the LyCORIS types")
                ]
            case "FluxTrainEnd" where node["save_state"] == .bool(true):
                return [
                    .warning(
                        "workflow.state", "\(node.title) saves the optimizer's state, many gigabytes that nobody fetches",
                        remedy: "set save_state to false")
                ]
            default: return []
            }
        }
    }

    /// The data set's general settings, however many data sets lie in between.
    private func general(of network: WorkflowNode) -> WorkflowNode? {
        var node = network.link("dataset").flatMap { byID[$0.node] }
        for _ in nodes {
            guard let current = node, current.className != "TrainDatasetGeneralConfig" else { break }
            node = current.link("dataset_config").flatMap { byID[$0.node] }
        }
        return node?.className == "TrainDatasetGeneralConfig" ? node : nil
    }

    private func caches(of network: WorkflowNode) -> [Finding] {
        guard let general = general(of: network) else { return [] }
        var found: [Finding] = []
        func forbid(_ cache: String, _ what: String, _ remedy: String) {
            found.append(
                .error(
                    "workflow.gpu",
                    "\(network.title) caches (\(cache)), and \(general.title) has \(what): the trainer refuses that",
                    remedy: "\(remedy), or set \(cache) to “disabled”"))
        }
        if network["cache_latents"] != "disabled", general["color_aug"] == .bool(true) {
            forbid("cache_latents", "color_aug", "set color_aug to false")
        }
        if network["cache_text_encoder_outputs"] != "disabled" {
            let cache = "cache_text_encoder_outputs"
            if general["shuffle_caption"] == .bool(true) { forbid(cache, "shuffle_caption", "set shuffle_caption to false") }
            if general["caption_dropout_rate"]?.double ?? 0 > 0 {
                forbid(cache, "a caption_dropout_rate", "set caption_dropout_rate to 0")
            }
        }
        return found
    }

    private func blocks(of network: WorkflowNode) -> [Finding] {
        guard network["blocks_to_swap"]?.int ?? 0 > 0, network["gradient_checkpointing"] == "enabled_with_cpu_offloading" else {
            return []
        }
        return [
            .error(
                "workflow.gpu",
                "\(network.title) swaps blocks with gradient_checkpointing “enabled_with_cpu_offloading”: the trainer refuses that",
                remedy: "set blocks_to_swap to 0, or gradient_checkpointing to “enabled”")
        ]
    }

    private func disk(of network: WorkflowNode) -> [Finding] {
        network.className == "InitFluxTraining"
            ? [.note("workflow.disk", "\(network.title) trains the whole model and needs 25 GiB of the worker's disk")] : []
    }

    private func sizes(of data: WorkflowNode) -> [Finding] {
        guard let width = data["width"]?.int, let height = data["height"]?.int else { return [] }
        var found: [Finding] = []
        for (name, size) in [("width", width), ("height", height)] where size % 64 != 0 {
            found.append(
                .error(
                    "workflow.gpu",
                    "\(name) of \(data.title) is \(size) and no multiple of 64: it is rounded, or the trainer refuses it",
                    remedy: "take \(size / 64 * 64) or \((size / 64 + 1) * 64)"))
        }
        guard data["enable_bucket"] == .bool(true) else { return found }
        if let least = data["min_bucket_reso"]?.int, min(width, height) < least {
            found.append(bucket(data, "\(min(width, height)) is below its min_bucket_reso \(least)", "lower min_bucket_reso"))
        }
        if let most = data["max_bucket_reso"]?.int, max(width, height) > most {
            found.append(bucket(data, "\(max(width, height)) is above its max_bucket_reso \(most)", "raise max_bucket_reso"))
        }
        return found
    }

    private func bucket(_ data: WorkflowNode, _ what: String, _ remedy: String) -> Finding {
        .error(
            "workflow.gpu", "the size \(width(of: data)) of \(data.title) does not fit its buckets: \(what)",
            remedy: "\(remedy), or change the size")
    }

    private func width(of data: WorkflowNode) -> String {
        "\(data["width"]?.text() ?? "?")x\(data["height"]?.text() ?? "?")"
    }

    /// On a warm worker ComfyUI keeps what nodes gave, and the data set's folder has the same name for each actor.
    private func reset(of general: WorkflowNode) -> [Finding] {
        guard general["reset_on_queue"] != .bool(true) else { return [] }
        return [
            .note(
                "workflow.reset",
                "\(general.title) has reset_on_queue off: a warm worker may keep the data set of the training before; on is safer"
            )
        ]
    }
}
