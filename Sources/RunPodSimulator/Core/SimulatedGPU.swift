import Training

/// The GPUs of the simulated endpoint: mostly 4090s, and now and then a slower and dearer A6000.
enum SimulatedGPU: CaseIterable, Hashable, Sendable {
    case rtx4090, a6000

    static let pools = ["ADA_24", "AMPERE_48"]

    /// A worker's GPU follows from its id, so that a restart needs to keep nothing.
    init(worker: String) {
        var chance = SplitMix64(worker.utf8.map(UInt64.init))
        self = chance.next() % 4 == 0 ? .a6000 : .rtx4090
    }

    var id: String {
        switch self {
        case .rtx4090: "NVIDIA GeForce RTX 4090"
        case .a6000: "NVIDIA RTX A6000"
        }
    }

    /// How much longer a step takes than on a 4090.
    var slowness: Double {
        switch self {
        case .rtx4090: 1
        case .a6000: 1.2
        }
    }

    var perHour: Money { PriceCatalogue.published.gpu(id)?.perHour ?? .zero }
}
