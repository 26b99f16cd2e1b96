public import JSONText

/// What is sent to RunPod for one training, without the webhook's address: that holds a secret and is added when the request leaves.
public struct TrainingRequest: Hashable, Sendable {
    public var workflow: Workflow
    public var images: [S3Location]
    public var request: RequestID
    public var model: ModelName
    public var parameters: TrainingParameters
    public var expectation: Expectation

    public init(
        workflow: Workflow, images: [S3Location], request: RequestID, model: ModelName, parameters: TrainingParameters,
        expectation: Expectation
    ) {
        self.workflow = workflow
        self.images = images
        self.request = request
        self.model = model
        self.parameters = parameters
        self.expectation = expectation
    }

    /// The body for `POST /v2/ENDPOINT/run`. Keys other than `input`, `policy` and `webhook` would be dropped by RunPod, so our request
    /// id goes inside `input`.
    public var body: JSONValue {
        [
            "input": [
                "workflow": workflow.json,
                "training_data": ["s3_urls": .array(images.map { .string($0.description) })],
                "training_config": [
                    "mode": "custom-actors",
                    "user_id": "actor_maker_user",
                    "tenant_id": "actor_maker",
                    "request_id": .string(request.rawValue),
                    "model_name": .string(model.description),
                    "learning_rate": .double(parameters.learningRate),
                    "max_train_steps": .integer(parameters.maxTrainSteps),
                ],
            ],
            "policy": [
                "executionTimeout": .integer(expectation.executionTimeout.milliseconds),
                "ttl": .integer(expectation.timeToLive.milliseconds),
            ],
        ]
    }
}
