/// The LoRA network and its loss, as ComfyUI-FluxTrainer (639b3e80, its nodes.py) declares the nodes.
extension NodeClass {
    static let fluxTrainerLossConfig = NodeClass(
        "FluxTrainerLossConfig", gives: ["ARGS"],
        [
            .required("loss_type", .choice(["l2", "huber", "smooth_l1"])),
            .required("huber_schedule", .choice(["snr", "exponential", "constant"])),
            .required("huber_c", .float(from: 0, step: 0.01)),
            .required("huber_scale", .float(from: 0, step: 0.01)),
        ])

    static let trainNetworkConfig = NodeClass(
        "TrainNetworkConfig", gives: ["NETWORK_CONFIG"],
        [
            .required("network_type", .choice(["lora", "LyCORIS/LoKr", "LyCORIS/Locon", "LyCORIS/LoHa"])),
            .required("lycoris_preset", .choice(["full", "full-lin", "attn-mlp", "attn-only"])),
            .required("factor", .int(from: -1, to: 16)),
            .required("extra_network_args", .string),
        ])

    static let fluxTrainBlockSelect = NodeClass(
        "FluxTrainBlockSelect", gives: ["ARGS"],
        [
            .required("include", .string)
        ])

    static let fluxTrainResume = NodeClass(
        "FluxTrainResume", gives: ["ARGS"],
        [
            .required("load_state_path", .string),
            .required("skip_until_initial_step", .boolean),
        ])

    static let initFluxLoRATraining = NodeClass(
        "InitFluxLoRATraining", gives: ["NETWORKTRAINER", "INT", "KOHYA_ARGS"],
        [
            .required("flux_models", .link("TRAIN_FLUX_MODELS")),
            .required("dataset", .link("JSON")),
            .required("optimizer_settings", .link("ARGS")),
            .required("output_name", .string),
            .required("output_dir", .string),
            .required("network_dim", .int(from: 1, to: 100000)),
            .required("network_alpha", .float(from: 0, to: 2048, step: 0.01)),
            .required("learning_rate", .float(from: 0, to: 10, step: 1e-06)),
            .required("max_train_steps", .int(from: 1, to: 100000)),
            .required("apply_t5_attn_mask", .boolean),
            .required("cache_latents", .choice(["disk", "memory", "disabled"])),
            .required("cache_text_encoder_outputs", .choice(["disk", "memory", "disabled"])),
            .required("blocks_to_swap", .int()),
            .required("weighting_scheme", .choice(["logit_normal", "sigma_sqrt", "mode", "cosmap", "none"])),
            .required("logit_mean", .float(from: 0, to: 1, step: 0.01)),
            .required("logit_std", .float(from: 0, to: 1, step: 0.01)),
            .required("mode_scale", .float(from: 0, to: 10, step: 0.01)),
            .required("timestep_sampling", .choice(["sigmoid", "uniform", "sigma", "shift", "flux_shift"])),
            .required("sigmoid_scale", .float(from: 0, to: 10, step: 0.1)),
            .required("model_prediction_type", .choice(["raw", "additive", "sigma_scaled"])),
            .required("guidance_scale", .float(from: 1, to: 32, step: 0.01)),
            .required("discrete_flow_shift", .float(from: 0, to: 10, step: 0.0001)),
            .required("highvram", .boolean),
            .required("fp8_base", .boolean),
            .required("gradient_dtype", .choice(["fp32", "fp16", "bf16"])),
            .required("save_dtype", .choice(["fp32", "fp16", "bf16", "fp8_e4m3fn", "fp8_e5m2"])),
            .required("attention_mode", .choice(["sdpa", "xformers", "disabled"])),
            .required("sample_prompts", .string),
            .optional("additional_args", .string),
            .optional("resume_args", .link("ARGS")),
            .optional("train_text_encoder", .choice(["disabled", "clip_l", "clip_l_fp8", "clip_l+T5", "clip_l+T5_fp8"])),
            .optional("clip_l_lr", .float(from: 0, to: 10, step: 1e-06)),
            .optional("T5_lr", .float(from: 0, to: 10, step: 1e-06)),
            .optional("block_args", .link("ARGS")),
            .optional("gradient_checkpointing", .choice(["enabled", "enabled_with_cpu_offloading", "disabled"])),
            .optional("loss_args", .link("ARGS")),
            .optional("network_config", .link("NETWORK_CONFIG")),
        ])

    static let networks: [NodeClass] = [
        fluxTrainerLossConfig, trainNetworkConfig, fluxTrainBlockSelect, fluxTrainResume, initFluxLoRATraining,
    ]
}
