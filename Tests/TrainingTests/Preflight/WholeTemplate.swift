import JSONText

/// A whole training template, sound in every rule, for tests that break one thing of it.
enum WholeTemplate {
    static let json: JSONValue = [
        "1": node("FluxTrainModelSelect", ["transformer": "t", "vae": "v", "clip_l": "c", "t5": "t5"]),
        "2": node(
            "TrainDatasetGeneralConfig",
            [
                "color_aug": false, "flip_aug": false, "shuffle_caption": false, "caption_dropout_rate": 0, "alpha_mask": false,
                "reset_on_queue": true, "caption_extension": ".txt",
            ]),
        "3": node(
            "TrainDatasetAdd",
            [
                "width": 512, "height": 512, "batch_size": 2, "dataset_path": "/data", "class_tokens": "x", "enable_bucket": true,
                "bucket_no_upscale": false, "num_repeats": 1, "min_bucket_reso": 256, "max_bucket_reso": 1024,
                "dataset_config": ["2", 0],
            ]),
        "4": node(
            "OptimizerConfig",
            [
                "optimizer_type": "adamw8bit", "max_grad_norm": 1, "lr_scheduler": "constant", "lr_warmup_steps": 0,
                "lr_scheduler_num_cycles": 1, "lr_scheduler_power": 1, "min_snr_gamma": 5, "extra_optimizer_args": "",
            ]),
        "5": node("StringConstantMultiline", ["string": "STYLE_TOKEN in the rain", "strip_newlines": true]),
        "6": node("InitFluxLoRATraining", network),
        "7": node("FluxTrainLoop", ["steps": 1000, "network_trainer": ["6", 0]]),
        "8": node("FluxTrainSave", ["save_state": false, "copy_to_comfy_lora_folder": false, "network_trainer": ["7", 0]]),
        "9": node("FluxTrainEnd", ["save_state": false, "network_trainer": ["8", 0]]),
    ]

    private static let network: JSONValue = [
        "output_name": "x", "output_dir": "out", "network_dim": 4, "network_alpha": 4, "learning_rate": .number("0.0004"),
        "max_train_steps": 1000, "apply_t5_attn_mask": true, "cache_latents": "memory", "cache_text_encoder_outputs": "memory",
        "blocks_to_swap": 0, "weighting_scheme": "logit_normal", "logit_mean": .number("0.0"), "logit_std": .number("1.0"),
        "mode_scale": .number("1.29"), "timestep_sampling": "shift", "sigmoid_scale": .number("1.0"),
        "model_prediction_type": "raw", "guidance_scale": .number("1.0"), "discrete_flow_shift": .number("3.1582000000000003"),
        "highvram": true, "fp8_base": true, "gradient_dtype": "bf16", "save_dtype": "bf16", "attention_mode": "sdpa",
        "sample_prompts": ["5", 0], "flux_models": ["1", 0], "dataset": ["3", 0], "optimizer_settings": ["4", 0],
    ]

    static func node(_ name: String, _ inputs: JSONValue) -> JSONValue { ["inputs": inputs, "class_type": .string(name)] }

    static func changed(_ change: (inout JSONValue) -> Void) -> JSONValue {
        var json = json
        change(&json)
        return json
    }
}

extension JSONValue {
    /// Sets an input of a node, or takes it away.
    mutating func set(_ node: String, _ input: String, _ value: JSONValue?) { self[node]?["inputs"]?[input] = value }
}
