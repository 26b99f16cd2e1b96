extension TrainingParameters {
    /// One row of the parameter table: up to how many images, and what changes with their number.
    struct Row {
        let upTo: Int
        let steps: Int
        let learningRate: Double
        let repeats: Int
    }

    static let table: [Row] = [
        Row(upTo: 15, steps: 1500, learningRate: 2e-4, repeats: 2),
        Row(upTo: 30, steps: 2000, learningRate: 2.5e-4, repeats: 2),
        Row(upTo: 60, steps: 2500, learningRate: 1.5e-4, repeats: 1),
        Row(upTo: .max, steps: 3000, learningRate: 1e-4, repeats: 1),
    ]

    /// The parameters for so many images; the policy of the seed script, which is the only one in use.
    /// - Parameter triggerToken: the actor's name.
    public static func preset(images: Int, triggerToken: String) -> TrainingParameters {
        let row = table.first { images <= $0.upTo } ?? table[table.count - 1]
        return TrainingParameters(
            learningRate: row.learningRate, maxTrainSteps: row.steps, networkDim: 16, networkAlpha: 8, classTokens: triggerToken,
            batchSize: 1, numRepeats: row.repeats, lrScheduler: "cosine", lrWarmupSteps: row.steps / 5,
            optimizerType: "adamw8bit",
            gradientDtype: "bf16", saveDtype: "bf16"
        )
    }
}
