import JSONText

extension Workflow {
    /// What the workflow orders, where somebody else made it: the trainer obeys its nodes, whatever is said beside them.
    /// - Parameter presumed: taken for what no node says as a value, or several nodes say differently.
    public func parameters(presuming presumed: TrainingParameters) -> TrainingParameters {
        var found = presumed
        // Loops follow one another: a trainer of several saves or samples in between.
        let loops = inputs("steps", of: "FluxTrainLoop")
        let steps = loops.compactMap(\.int)
        if !steps.isEmpty, steps.count == loops.count { found.maxTrainSteps = steps.reduce(0, +) }

        take("optimizer_type", of: "OptimizerConfig", \.string) { found.optimizerType = $0 }
        take("lr_scheduler", of: "OptimizerConfig", \.string) { found.lrScheduler = $0 }
        take("lr_warmup_steps", of: "OptimizerConfig", \.int) { found.lrWarmupSteps = $0 }

        take("network_dim", of: "InitFluxLoRATraining", \.int) { found.networkDim = $0 }
        take("network_alpha", of: "InitFluxLoRATraining", \.int) { found.networkAlpha = $0 }
        take("learning_rate", of: "InitFluxLoRATraining", \.double) { found.learningRate = $0 }
        take("gradient_dtype", of: "InitFluxLoRATraining", \.string) { found.gradientDtype = $0 }
        take("save_dtype", of: "InitFluxLoRATraining", \.string) { found.saveDtype = $0 }

        take("batch_size", of: "TrainDatasetAdd", \.int) { found.batchSize = $0 }
        take("class_tokens", of: "TrainDatasetAdd", \.string) { found.classTokens = $0 }
        take("num_repeats", of: "TrainDatasetAdd", \.int) { found.numRepeats = $0 }
        return found
    }

    private func take<Value: Equatable>(
        _ input: String, of className: String, _ read: (JSONValue) -> Value?, _ write: (Value) -> Void
    ) {
        let values = inputs(input, of: className)
        guard let value = values.first.flatMap(read), values.allSatisfy({ read($0) == value }) else { return }
        write(value)
    }

    private func inputs(_ input: String, of className: String) -> [JSONValue] {
        (json.object?.members ?? []).filter { $0.value["class_type"]?.string == className }.compactMap {
            $0.value["inputs"]?[input]
        }
    }
}
