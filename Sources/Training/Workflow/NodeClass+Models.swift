/// Whole models, and what becomes of finished ones, as ComfyUI-FluxTrainer (639b3e80, its nodes.py) declares the nodes.
extension NodeClass {
    static let initFluxTraining = NodeClass(
        "InitFluxTraining", gives: ["NETWORKTRAINER", "INT", "KOHYA_ARGS"],
        [
            .required("flux_models", .link("TRAIN_FLUX_MODELS")),
            .required("dataset", .link("JSON")),
            .required("optimizer_settings", .link("ARGS")),
            .required("output_name", .string),
            .required("output_dir", .string),
            .required("learning_rate", .float(from: 0, to: 10, step: 1e-06)),
            .required("max_train_steps", .int(from: 1, to: 100000)),
            .required("apply_t5_attn_mask", .boolean),
            .required("t5xxl_max_token_length", .int(from: 64, to: 4096, step: 8)),
            .required("cache_latents", .choice(["disk", "memory", "disabled"])),
            .required("cache_text_encoder_outputs", .choice(["disk", "memory", "disabled"])),
            .required("weighting_scheme", .choice(["logit_normal", "sigma_sqrt", "mode", "cosmap", "none"])),
            .required("logit_mean", .float(from: 0, to: 1, step: 0.01)),
            .required("logit_std", .float(from: 0, to: 1, step: 0.01)),
            .required("mode_scale", .float(from: 0, to: 10, step: 0.01)),
            .required("loss_type", .choice(["l1", "l2", "huber", "smooth_l1"])),
            .required("timestep_sampling", .choice(["sigmoid", "uniform", "sigma", "shift", "flux_shift"])),
            .required("sigmoid_scale", .float(from: 0, to: 10, step: 0.1)),
            .required("model_prediction_type", .choice(["raw", "additive", "sigma_scaled"])),
            .required("cpu_offload_checkpointing", .boolean),
            .required("optimizer_fusing", .choice(["fused_backward_pass", "blockwise_fused_optimizers"])),
            .required("blocks_to_swap", .int(from: 0, to: 100)),
            .required("guidance_scale", .float(from: 1, to: 32, step: 0.01)),
            .required("discrete_flow_shift", .float(from: 0, to: 10, step: 0.0001)),
            .required("highvram", .boolean),
            .required("fp8_base", .boolean),
            .required("gradient_dtype", .choice(["fp32", "fp16", "bf16"])),
            .required("save_dtype", .choice(["fp32", "fp16", "bf16", "fp8_e4m3fn"])),
            .required("attention_mode", .choice(["sdpa", "xformers", "disabled"])),
            .required("sample_prompts", .string),
            .optional("additional_args", .string),
            .optional("resume_args", .link("ARGS")),
        ])

    static let fluxTrainSaveModel = NodeClass(
        "FluxTrainSaveModel", gives: ["NETWORKTRAINER", "STRING", "INT"],
        [
            .required("network_trainer", .link("NETWORKTRAINER")),
            .required("copy_to_comfy_model_folder", .boolean),
            .required("end_training", .boolean),
        ])

    static let fluxKohyaInferenceSampler = NodeClass(
        "FluxKohyaInferenceSampler", gives: ["IMAGE"],
        [
            .required("flux_models", .link("TRAIN_FLUX_MODELS")),
            .required("lora_name", .file(folder: "loras")),
            .required("lora_method", .choice(["apply", "merge"])),
            .required("steps", .int(from: 1, to: 256)),
            .required("width", .int(from: 64, to: 4096, step: 8)),
            .required("height", .int(from: 64, to: 4096, step: 8)),
            .required("guidance_scale", .float(from: 1, to: 32, step: 0.05)),
            .required("seed", .int(from: 0, to: 18446744073709551615)),
            .required("use_fp8", .boolean),
            .required("apply_t5_attn_mask", .boolean),
            .required("prompt", .string),
        ])

    static let uploadToHuggingFace = NodeClass(
        "UploadToHuggingFace", gives: ["NETWORKTRAINER", "STRING"],
        [
            .required("network_trainer", .link("NETWORKTRAINER")),
            .required("source_path", .string),
            .required("repo_id", .string),
            .required("revision", .string),
            .required("private", .boolean),
            .optional("token", .string),
        ])

    static let extractFluxLoRA = NodeClass(
        "ExtractFluxLoRA", gives: ["STRING"],
        [
            .required("original_model", .file(folder: "unet")),
            .required("finetuned_model", .file(folder: "unet")),
            .required("output_path", .string),
            .required("dim", .int(from: 2, to: 1024, step: 2)),
            .required("save_dtype", .choice(["fp32", "fp16", "bf16", "fp8_e4m3fn", "fp8_e5m2"])),
            .required("load_device", .choice(["cpu", "cuda"])),
            .required("store_device", .choice(["cpu", "cuda"])),
            .required("clamp_quantile", .float(from: 0, to: 1, step: 0.01)),
            .required("metadata", .boolean),
            .required("mem_eff_safe_open", .boolean),
        ])

    static let models: [NodeClass] = [
        initFluxTraining, fluxTrainSaveModel, fluxKohyaInferenceSampler, uploadToHuggingFace, extractFluxLoRA,
    ]
}
