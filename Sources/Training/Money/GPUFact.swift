/// Which GPU a job really got, and what it costs; kept, because nobody tells it once the worker is gone.
public struct GPUFact: Hashable, Sendable, Codable {
    /// The worker that has it; another worker is another fact.
    public var worker: String
    /// RunPod's id: `NVIDIA GeForce RTX 4090`; nil where the list of workers does not say.
    public var gpu: String?
    /// For all GPUs of the worker, an hour, list price; nil where the catalogue has none.
    public var perHour: Money?

    public init(worker: String, gpu: String?, perHour: Money?) {
        self.worker = worker
        self.gpu = gpu
        self.perHour = perHour
    }

    var sentence: String {
        guard let gpu else { return "runs on worker \(worker), whose GPU is not told" }
        return "runs on \(gpu)" + (perHour.map { " at \($0) an hour" } ?? ", whose price is not known")
    }
}
