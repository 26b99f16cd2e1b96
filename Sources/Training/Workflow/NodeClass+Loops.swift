/// The training itself, and its end, as ComfyUI-FluxTrainer (639b3e80, its nodes.py) declares the nodes.
extension NodeClass {
    static let fluxTrainLoop = NodeClass(
        "FluxTrainLoop", gives: ["NETWORKTRAINER", "INT"],
        [
            .required("network_trainer", .link("NETWORKTRAINER")),
            .required("steps", .int(from: 1, to: 10000)),
        ])

    static let fluxTrainAndValidateLoop = NodeClass(
        "FluxTrainAndValidateLoop", gives: ["NETWORKTRAINER", "INT"],
        [
            .required("network_trainer", .link("NETWORKTRAINER")),
            .required("validate_at_steps", .int(from: 1, to: 10000)),
            .required("save_at_steps", .int(from: 1, to: 10000)),
            .optional("validation_settings", .link("VALSETTINGS")),
        ])

    static let fluxTrainSave = NodeClass(
        "FluxTrainSave", gives: ["NETWORKTRAINER", "STRING", "INT"],
        [
            .required("network_trainer", .link("NETWORKTRAINER")),
            .required("save_state", .boolean),
            .required("copy_to_comfy_lora_folder", .boolean),
        ])

    static let fluxTrainEnd = NodeClass(
        "FluxTrainEnd", gives: ["STRING", "STRING", "STRING"], isOutput: true,
        [
            .required("network_trainer", .link("NETWORKTRAINER")),
            .required("save_state", .boolean),
        ])

    static let fluxTrainValidationSettings = NodeClass(
        "FluxTrainValidationSettings", gives: ["VALSETTINGS"],
        [
            .required("steps", .int(from: 1, to: 256)),
            .required("width", .int(from: 64, to: 4096, step: 8)),
            .required("height", .int(from: 64, to: 4096, step: 8)),
            .required("guidance_scale", .float(from: 1, to: 32, step: 0.05)),
            .required("seed", .int(from: 0, to: 18446744073709551615)),
            .required("shift", .boolean),
            .required("base_shift", .float(from: 0, to: 10, step: 0.01)),
            .required("max_shift", .float(from: 0, to: 10, step: 0.01)),
        ])

    static let fluxTrainValidate = NodeClass(
        "FluxTrainValidate", gives: ["NETWORKTRAINER", "IMAGE"],
        [
            .required("network_trainer", .link("NETWORKTRAINER")),
            .optional("validation_settings", .link("VALSETTINGS")),
        ])

    static let visualizeLoss = NodeClass(
        "VisualizeLoss", gives: ["IMAGE", "FLOAT"],
        [
            .required("network_trainer", .link("NETWORKTRAINER")),
            .required("plot_style", .choiceOfWorker),
            .required("window_size", .int(from: 0, to: 10000)),
            .required("normalize_y", .boolean),
            .required("width", .int(from: 256, to: 4096, step: 2)),
            .required("height", .int(from: 256, to: 4096, step: 2)),
            .required("log_scale", .boolean),
        ])

    static let loops: [NodeClass] = [
        fluxTrainLoop, fluxTrainAndValidateLoop, fluxTrainSave, fluxTrainEnd, fluxTrainValidationSettings, fluxTrainValidate,
        visualizeLoss,
    ]
}
