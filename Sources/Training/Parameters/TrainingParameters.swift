/// The hyper-parameters of one LoRA training, under the names of the trainer's own nodes.
public struct TrainingParameters: Hashable, Sendable, Codable {
    public var learningRate: Double
    public var maxTrainSteps: Int
    /// The LoRA's rank.
    public var networkDim: Int
    public var networkAlpha: Int
    /// The trigger token that prompts will use: the actor's name.
    public var classTokens: String
    public var batchSize: Int
    /// How often each image is seen in one epoch.
    public var numRepeats: Int
    public var lrScheduler: String
    /// Steps over which the learning rate rises from 0.
    public var lrWarmupSteps: Int
    public var optimizerType: String
    public var gradientDtype: String
    public var saveDtype: String

    public init(
        learningRate: Double, maxTrainSteps: Int, networkDim: Int, networkAlpha: Int, classTokens: String, batchSize: Int,
        numRepeats: Int, lrScheduler: String, lrWarmupSteps: Int, optimizerType: String, gradientDtype: String, saveDtype: String
    ) {
        self.learningRate = learningRate
        self.maxTrainSteps = maxTrainSteps
        self.networkDim = networkDim
        self.networkAlpha = networkAlpha
        self.classTokens = classTokens
        self.batchSize = batchSize
        self.numRepeats = numRepeats
        self.lrScheduler = lrScheduler
        self.lrWarmupSteps = lrWarmupSteps
        self.optimizerType = optimizerType
        self.gradientDtype = gradientDtype
        self.saveDtype = saveDtype
    }
}
