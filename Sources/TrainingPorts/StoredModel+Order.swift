public import Training

extension StoredModel {
    /// What the file says of itself that is not what was ordered: another rank, or other steps; nil where nothing speaks against it.
    ///
    /// The trainer writes `ss_network_dim` and `ss_steps` (kohya's train_network.py); a file without them is not judged. Fewer steps
    /// mean that the training ended early or that a file in between was uploaded.
    public func contradiction(to parameters: TrainingParameters) -> String? {
        if let rank = metadata["ss_network_dim"].flatMap(Int.init), rank != parameters.networkDim {
            return "its rank is \(rank), and \(parameters.networkDim) was ordered"
        }
        if let steps = metadata["ss_steps"].flatMap(Int.init), steps != parameters.maxTrainSteps {
            return "it was trained for \(steps) steps, and \(parameters.maxTrainSteps) were ordered"
        }
        return nil
    }
}
