import JSONText
import TrainingPorts

/// The smallest workflow that can be customised.
let sampleTemplate: JSONValue = [
    "1": ["class_type": "FluxTrainLoop", "inputs": ["steps": 1000]],
    "2": ["class_type": "OptimizerConfig", "inputs": ["optimizer_type": "x", "lr_scheduler": "x", "lr_warmup_steps": 0]],
    "3": [
        "class_type": "InitFluxLoRATraining",
        "inputs": [
            "network_dim": 1, "network_alpha": 1, "learning_rate": 1, "max_train_steps": 1, "gradient_dtype": "x",
            "save_dtype": "x",
        ],
    ],
    "4": ["class_type": "TrainDatasetAdd", "inputs": ["batch_size": 1, "class_tokens": "x", "num_repeats": 1]],
    "5": ["class_type": "StringConstantMultiline", "inputs": ["string": "a portrait of STYLE_TOKEN"]],
]

/// No cryptography: FNV-1a, enough to tell payloads apart.
struct PlainDigester: Digester {
    func sha256(_ bytes: [UInt8]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return String(hash, radix: 16)
    }
}
