/// What one GPU costs on a serverless worker.
public struct GPUPrice: Hashable, Sendable {
    /// RunPod's id: `NVIDIA GeForce RTX 4090`.
    public var id: String
    /// The short name: `RTX 4090`.
    public var name: String
    /// The pool that an endpoint chooses it by: `ADA_24`; nil where no serverless pool has it.
    public var pool: String?
    /// Gigabytes.
    public var memory: Int?
    /// For one GPU and hour, list price; nil where it is not offered for serverless workers.
    public var perHour: Money?
    /// How easily one is to be had, in RunPod's own word: `HIGH`; nil where it was not asked for.
    public var availability: String?

    public init(id: String, name: String, pool: String?, memory: Int?, perHour: Money?, availability: String? = nil) {
        self.id = id
        self.name = name
        self.pool = pool
        self.memory = memory
        self.perHour = perHour
        self.availability = availability
    }
}

/// Prices of all GPUs, as RunPod lists them or as they were published.
public struct PriceCatalogue: Hashable, Sendable {
    public var gpus: [GPUPrice]
    /// When RunPod told them; nil for the published ones.
    public var asOf: Timestamp?

    public init(gpus: [GPUPrice], asOf: Timestamp? = nil) {
        self.gpus = gpus
        self.asOf = asOf
    }

    /// A GPU by its id or name, without regard to case and to the maker's words before it.
    public func gpu(_ name: String) -> GPUPrice? {
        let wanted = PriceCatalogue.plain(name)
        return gpus.first { $0.id == name } ?? gpus.first { [$0.id, $0.name].map(PriceCatalogue.plain).contains(wanted) }
    }

    /// From the least to the most that a worker of these pools may cost an hour; nil where none of them has a price.
    public func range(ofPools pools: [String], gpus count: Int = 1) -> ClosedRange<Money>? {
        let prices = gpus.filter { $0.pool.map(pools.contains) ?? false }.compactMap(\.perHour).map { $0 * max(1, count) }
        guard let low = prices.min(), let high = prices.max() else { return nil }
        return low...high
    }

    private static func plain(_ name: String) -> String {
        let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
        return words.filter { !["nvidia", "geforce", "amd"].contains($0) }.joined(separator: " ")
    }

    /// The day on which RunPod published the prices of `published`.
    public static let publishedOn = "2026-06-08"

    /// For when RunPod cannot be asked: docs.runpod.io, snippets/serverless-gpu-pricing-table, dollars a second times 3600.
    public static let published = PriceCatalogue(
        gpus: [
            published("NVIDIA RTX A4000", "RTX A4000", "AMPERE_16", 16, 160), published("NVIDIA L4", "L4", "AMPERE_24", 24, 190),
            published("NVIDIA RTX A5000", "RTX A5000", "AMPERE_24", 24, 190),
            published("NVIDIA GeForce RTX 3090", "RTX 3090", "AMPERE_24", 24, 190),
            published("NVIDIA GeForce RTX 4090", "RTX 4090", "ADA_24", 24, 310),
            published("NVIDIA RTX A6000", "RTX A6000", "AMPERE_48", 48, 340),
            published("NVIDIA A40", "A40", "AMPERE_48", 48, 340),
            published("NVIDIA L40", "L40", "ADA_48_PRO", 48, 530), published("NVIDIA L40S", "L40S", "ADA_48_PRO", 48, 530),
            published("NVIDIA RTX 6000 Ada Generation", "RTX 6000 Ada", "ADA_48_PRO", 48, 530),
            published("NVIDIA A100 80GB PCIe", "A100 PCIe", "AMPERE_80", 80, 760),
            published("NVIDIA A100-SXM4-80GB", "A100 SXM", "AMPERE_80", 80, 760),
            published("NVIDIA H100 PCIe", "H100 PCIe", "ADA_80_PRO", 80, 1160),
            published("NVIDIA H100 80GB HBM3", "H100 SXM", "ADA_80_PRO", 80, 1160),
            published("NVIDIA RTX PRO 6000 Blackwell Server Edition", "RTX PRO 6000", "BLACKWELL_96", 96, 1110),
            published("NVIDIA H200", "H200 SXM", "HOPPER_141", 141, 1550),
            published("NVIDIA B200", "B200", "BLACKWELL_180", 180, 2400),
        ])

    /// - Parameter perSecond: micro-dollars.
    private static func published(_ id: String, _ name: String, _ pool: String, _ memory: Int, _ perSecond: Int64) -> GPUPrice {
        GPUPrice(id: id, name: name, pool: pool, memory: memory, perHour: Money(microdollars: perSecond * 3600))
    }
}
