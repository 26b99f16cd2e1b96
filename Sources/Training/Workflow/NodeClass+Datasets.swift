/// Base model and data set, as ComfyUI-FluxTrainer (639b3e80, its nodes.py) declares the nodes.
extension NodeClass {
    static let fluxTrainModelSelect = NodeClass(
        "FluxTrainModelSelect", gives: ["TRAIN_FLUX_MODELS"],
        [
            .required("transformer", .file(folder: "unet")),
            .required("vae", .file(folder: "vae")),
            .required("clip_l", .file(folder: "clip")),
            .required("t5", .file(folder: "clip")),
            .optional("lora_path", .link("STRING")),
        ])

    static let trainDatasetGeneralConfig = NodeClass(
        "TrainDatasetGeneralConfig", gives: ["JSON"],
        [
            .required("color_aug", .boolean),
            .required("flip_aug", .boolean),
            .required("shuffle_caption", .boolean),
            .required("caption_dropout_rate", .float(from: 0, to: 1, step: 0.01)),
            .required("alpha_mask", .boolean),
            .optional("reset_on_queue", .boolean),
            .optional("caption_extension", .string),
        ])

    static let trainDatasetAdd = NodeClass(
        "TrainDatasetAdd", gives: ["JSON"],
        [
            .required("dataset_config", .link("JSON")),
            .required("width", .int(from: 64)),
            .required("height", .int(from: 64)),
            .required("batch_size", .int(from: 1)),
            .required("dataset_path", .string),
            .required("class_tokens", .string),
            .required("enable_bucket", .boolean),
            .required("bucket_no_upscale", .boolean),
            .required("num_repeats", .int(from: 1)),
            .required("min_bucket_reso", .int(from: 64, to: 4096, step: 8)),
            .required("max_bucket_reso", .int(from: 64, to: 4096, step: 8)),
            .optional("regularization", .link("JSON")),
        ])

    static let trainDatasetRegularization = NodeClass(
        "TrainDatasetRegularization", gives: ["JSON"],
        [
            .required("dataset_path", .string),
            .required("class_tokens", .string),
            .required("num_repeats", .int(from: 1)),
        ])

    static let datasets: [NodeClass] = [
        fluxTrainModelSelect, trainDatasetGeneralConfig, trainDatasetAdd, trainDatasetRegularization,
    ]
}
