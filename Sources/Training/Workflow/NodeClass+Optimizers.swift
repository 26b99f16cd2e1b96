/// Optimizers, as ComfyUI-FluxTrainer (639b3e80, its nodes.py) declares the nodes.
extension NodeClass {
    /// How far a step may go and how the learning rate changes: the same in each that takes a schedule, but for the schedulers it knows.
    private static func schedule(and more: String...) -> [NodeInput] {
        let schedulers = ["constant", "cosine", "cosine_with_restarts", "polynomial", "constant_with_warmup"]
        return [
            .required("max_grad_norm", .float(from: 0)),
            .required("lr_scheduler", .choice(schedulers + more)),
            .required("lr_warmup_steps", .int(from: 0)),
            .required("lr_scheduler_num_cycles", .int(from: 1)),
            .required("lr_scheduler_power", .float(from: 0)),
        ]
    }

    /// What those that take a schedule end with.
    private static let ending: [NodeInput] = [
        .required("min_snr_gamma", .float(from: 0, step: 0.01)),
        .required("extra_optimizer_args", .string),
    ]

    static let optimizerConfig = NodeClass(
        "OptimizerConfig", gives: ["ARGS"],
        [
            .required(
                "optimizer_type",
                .choice([
                    "adamw8bit", "adamw", "prodigy", "CAME", "Lion8bit", "Lion", "adamwschedulefree", "sgdschedulefree",
                    "AdEMAMix8bit", "PagedAdEMAMix8bit", "ProdigyPlusScheduleFree",
                ]))
        ] + schedule() + ending)

    static let optimizerConfigAdafactor = NodeClass(
        "OptimizerConfigAdafactor", gives: ["ARGS"],
        schedule(and: "adafactor") + [
            .required("relative_step", .boolean),
            .required("scale_parameter", .boolean),
            .required("warmup_init", .boolean),
            .required("clip_threshold", .float(from: 0)),
        ] + ending)

    static let optimizerConfigProdigy = NodeClass(
        "OptimizerConfigProdigy", gives: ["ARGS"],
        schedule(and: "adafactor") + [
            .required("weight_decay", .float(step: 0.0001)),
            .required("decouple", .boolean),
            .required("use_bias_correction", .boolean),
        ] + ending)

    static let optimizerConfigProdigyPlusScheduleFree = NodeClass(
        "OptimizerConfigProdigyPlusScheduleFree", gives: ["ARGS"],
        [
            .required("lr", .float(from: 0, step: 1e-07)),
            .required("max_grad_norm", .float(from: 0)),
            .required("prodigy_steps", .int(from: 0)),
            .required("d0", .float(from: 0, step: 1e-07)),
            .required("d_coeff", .float(from: 0, step: 1e-07)),
            .required("split_groups", .boolean),
            .required("use_bias_correction", .boolean),
            .required("min_snr_gamma", .float(from: 0, step: 0.01)),
            .required("use_stableadamw", .boolean),
            .required("use_cautious", .boolean),
            .required("use_adopt", .boolean),
            .required("use_grams", .boolean),
            .required("stochastic_rounding", .boolean),
            .required("use_orthograd", .boolean),
            .required("use_focus ", .boolean),
            .required("extra_optimizer_args", .string),
        ])

    static let optimizers: [NodeClass] = [
        optimizerConfig, optimizerConfigAdafactor, optimizerConfigProdigy, optimizerConfigProdigyPlusScheduleFree,
    ]
}
