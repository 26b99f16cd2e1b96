import JSONText

extension Workflow {
    /// What stands in the template's prompts for the trigger token.
    static let placeholder = "STYLE_TOKEN"

    /// The workflow with the parameters in all five places: loop, optimizer, network, data set and validation prompts.
    /// - Throws: `WorkflowFault` with the name of what is missing or doubled; then nothing may be submitted.
    public func customised(with parameters: TrainingParameters) throws(WorkflowFault) -> Workflow {
        var workflow = self
        try workflow.set("steps", of: "FluxTrainLoop", to: .integer(parameters.maxTrainSteps))

        try workflow.set("optimizer_type", of: "OptimizerConfig", to: .string(parameters.optimizerType))
        try workflow.set("lr_scheduler", of: "OptimizerConfig", to: .string(parameters.lrScheduler))
        try workflow.set("lr_warmup_steps", of: "OptimizerConfig", to: .integer(parameters.lrWarmupSteps))

        try workflow.set("network_dim", of: "InitFluxLoRATraining", to: .integer(parameters.networkDim))
        try workflow.set("network_alpha", of: "InitFluxLoRATraining", to: .integer(parameters.networkAlpha))
        try workflow.set("learning_rate", of: "InitFluxLoRATraining", to: .double(parameters.learningRate))
        try workflow.set("max_train_steps", of: "InitFluxLoRATraining", to: .integer(parameters.maxTrainSteps))
        try workflow.set("gradient_dtype", of: "InitFluxLoRATraining", to: .string(parameters.gradientDtype))
        try workflow.set("save_dtype", of: "InitFluxLoRATraining", to: .string(parameters.saveDtype))

        try workflow.set("batch_size", of: "TrainDatasetAdd", to: .integer(parameters.batchSize))
        try workflow.set("class_tokens", of: "TrainDatasetAdd", to: .string(parameters.classTokens))
        try workflow.set("num_repeats", of: "TrainDatasetAdd", to: .integer(parameters.numRepeats))

        try workflow.replacePlaceholder(by: parameters.classTokens)
        return workflow
    }

    /// The prompts are the one `StringConstantMultiline` that holds the placeholder: a template may have others for other ends.
    private mutating func replacePlaceholder(by token: String) throws(WorkflowFault) {
        let name = "StringConstantMultiline"
        let nodes = (json.object?.members ?? []).filter { $0.value["class_type"]?.string == name }
        guard !nodes.isEmpty else { throw .nodeMissing(name) }
        let holders = nodes.filter { $0.value["inputs"]?["string"]?.string?.contains(Workflow.placeholder) == true }
        guard let holder = holders.first, let text = holder.value["inputs"]?["string"]?.string else { throw .placeholderMissing }
        guard holders.count == 1 else { throw .nodeDoubled(name, holders.map(\.key)) }
        let parts = text.split(separator: Workflow.placeholder, omittingEmptySubsequences: false)
        setString(of: holder.key, to: parts.joined(separator: token))
    }

    private mutating func setString(of number: String, to text: String) {
        json[number]?["inputs"]?["string"] = .string(text)
    }
}
