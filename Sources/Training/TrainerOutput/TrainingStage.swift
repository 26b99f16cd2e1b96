/// Where a run on a worker is, in the order in which a trainer goes through it.
public enum TrainingStage: String, CaseIterable, Hashable, Sendable, Codable, Comparable {
    /// The base model is fetched and loaded.
    case loading
    /// Images and captions are read, and their latents computed.
    case data
    case training
    /// The model is written to the worker's disk.
    case saving
    /// The model goes to the storage.
    case uploading

    public static func < (left: TrainingStage, right: TrainingStage) -> Bool { left.order < right.order }

    private var order: Int { TrainingStage.allCases.firstIndex(of: self) ?? 0 }

    /// The stage that a line without progress announces; nil where it tells of none.
    init?(announcedBy line: String) {
        let text = line.lowercased()
        func has(_ words: String...) -> Bool { words.contains { text.contains($0) } }
        if has("upload") {
            self = .uploading
        } else if has(
            "saving checkpoint", "saving model", "model saved", "saving weights", "saved to", "saved lora", "saving at step")
        {
            self = .saving
        } else if has("running training", "start training", "training started", "begin training", "num batches per epoch") {
            self = .training
        } else if has(
            "caching", "cache latents", "cached latents", "loading image sizes", "make buckets", "prepare dataset",
            "loading dataset", "found directory")
        {
            self = .data
        } else if has(
            "loading", "load state dict", "prepare accelerator", "building flux", "loaded flux", "fetching", "downloading",
            "preparing model", "quantizing")
        {
            self = .loading
        } else {
            return nil
        }
    }
}
