public import JSONText
import Synchronization
public import Training
public import TrainingPorts

/// A bucket in memory: which models are there, or what goes wrong with looking.
public final class ScriptedModelStore: ModelStore {
    private let state = Mutex((findings: [ModelName: ModelFinding](), asked: [ModelName](), standard: ModelFinding.absent))

    public init() {}

    /// What was looked for, in order.
    public var asked: [ModelName] { state.withLock(\.asked) }

    public func set(_ finding: ModelFinding, for model: ModelName) { state.withLock { $0.findings[model] = finding } }

    /// Puts a whole model there.
    public func put(_ model: ModelName, at time: Timestamp = .sample) {
        let location = S3Location(bucket: "bucket", key: "models/\(model.fileName)")
        set(.present(StoredModel(location: location, sizeBytes: 153_271_968, etag: "etag", lastModified: time)), for: model)
    }

    /// What all other models give; at first that they are not there.
    public var standard: ModelFinding {
        get { state.withLock(\.standard) }
        set { state.withLock { $0.standard = newValue } }
    }

    public func find(_ model: ModelName, address: String?) async -> ModelFinding {
        state.withLock { state in
            state.asked.append(model)
            return state.findings[model] ?? state.standard
        }
    }

    public func models(of actor: ActorID) async -> [ModelName] {
        state.withLock { state in
            state.findings.filter { entry in
                if case .present = entry.value { entry.key.actor == actor } else { false }
            }.map(\.key).sorted { $0.version < $1.version }
        }
    }
}

/// A way for webhooks that stands as a test says.
public final class ScriptedRoute: WebhookRoute {
    private let state: Mutex<(state: RouteState, ensured: Int)>

    public init(_ state: RouteState = .up(address: "https://hook.example.org", detail: "a test's")) {
        self.state = Mutex((state, 0))
    }

    public var current: RouteState {
        get { state.withLock(\.state) }
        set { state.withLock { $0.state = newValue } }
    }

    /// How often it was asked for.
    public var ensured: Int { state.withLock(\.ensured) }

    public func ensure() async -> RouteState {
        state.withLock { state in
            state.ensured += 1
            return state.state
        }
    }

    public func address(for request: RequestID) async -> String? {
        guard case .up(let base, _) = current else { return nil }
        return "\(base)/hook/secret-of-\(request)"
    }
}

/// A workflow template that a test gives, or a fault in its place.
public final class ScriptedTemplates: WorkflowTemplates {
    private let state: Mutex<Result<JSONValue, PortError>>

    public init(_ template: JSONValue = Workflow.sampleJSON) { state = Mutex(.success(template)) }

    public func set(_ result: Result<JSONValue, PortError>) { state.withLock { $0 = result } }

    public func template() async throws(PortError) -> JSONValue { try state.withLock { $0 }.get() }
}

extension Workflow {
    /// A template with every node that a customisation needs, under numbers like the real one's, and values that no table has.
    public static let sampleJSON: JSONValue = [
        "2": ["inputs": ["transformer": "flux1-dev-fp8.safetensors"], "class_type": "FluxTrainModelSelect"],
        "4": [
            "inputs": ["steps": 1000, "network_trainer": ["107", 0]], "class_type": "FluxTrainLoop",
            "_meta": ["title": "Flux Train Loop"],
        ],
        "14": ["inputs": ["save_state": false, "network_trainer": ["4", 0]], "class_type": "FluxTrainSave"],
        "95": [
            "inputs": [
                "optimizer_type": "prodigy", "max_grad_norm": .number("1.0"), "lr_scheduler": "constant", "lr_warmup_steps": 0,
                "lr_scheduler_num_cycles": 1,
            ], "class_type": "OptimizerConfig",
        ],
        "107": [
            "inputs": [
                "flux_models": ["2", 0], "dataset": ["109", 0], "optimizer_settings": ["95", 0], "output_name": "flux_lora",
                "network_dim": 32, "network_alpha": 32, "learning_rate": .number("1e-4"), "max_train_steps": 1000,
                "gradient_dtype": "fp16",
                "save_dtype": "fp16", "sample_prompts": ["146", 0],
            ], "class_type": "InitFluxLoRATraining",
        ],
        "109": [
            "inputs": [
                "width": 1024, "batch_size": 4, "dataset_path": "training_data", "class_tokens": "ohwx", "num_repeats": 5,
            ],
            "class_type": "TrainDatasetAdd",
        ],
        "146": [
            "inputs": ["string": "a portrait of STYLE_TOKEN | STYLE_TOKEN in the rain", "strip_newlines": false],
            "class_type": "StringConstantMultiline",
        ],
    ]
}
