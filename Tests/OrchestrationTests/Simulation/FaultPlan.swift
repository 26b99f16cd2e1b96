import ChanceTestSupport

/// How often what goes wrong, in thousandths. A random half of the kinds is switched off for each seed, so that rare combinations are
/// not drowned by common ones.
struct FaultPlan {
    var unsent = 100
    var throttled = 60
    var rejected = 15
    var acceptedAndLost = 150
    var lost = 80
    var statusFails = 100
    var storeFails = 100
    var projectFails = 80
    var webhookLost = 300
    var webhookDoubled = 150
    var webhookForged = 60
    var otherSuffix = 200
    var failsAtOnce = 60
    var failsLater = 80
    var workerLost = 60
    var timesOut = 40
    var vanishes = 40
    var modelMissing = 30
    var modelDamaged = 30
    var modelLate = 100
    var youngNotFound = 200
    var crash = 8
    var diskFull = 60
    var flap = 150
    var sleep = 100
    var clockJump = 300
    var staleWriter = 250
    var foreignStart = 150
    var slowAnswer = 100
    var failsWithModel = 300
    var foreignCloses = 400
    var secondClient = 120

    static let none: FaultPlan = {
        var plan = FaultPlan()
        for fault in FaultPlan.all { plan[keyPath: fault] = 0 }
        return plan
    }()

    private static let all: [any WritableKeyPath<FaultPlan, Int> & Sendable] = [
        \.unsent, \.throttled, \.rejected, \.acceptedAndLost, \.lost, \.statusFails, \.storeFails, \.projectFails, \.webhookLost,
        \.webhookDoubled, \.webhookForged, \.otherSuffix, \.failsAtOnce, \.failsLater, \.workerLost, \.timesOut, \.vanishes,
        \.modelMissing, \.modelDamaged, \.modelLate, \.youngNotFound, \.crash, \.diskFull, \.flap, \.sleep, \.clockJump,
        \.staleWriter,
        \.foreignStart, \.slowAnswer, \.failsWithModel, \.foreignCloses, \.secondClient,
    ]

    static func swarm(_ random: inout SplitMix64) -> FaultPlan {
        var plan = FaultPlan()
        for fault in all where random.chance(500) { plan[keyPath: fault] = 0 }
        return plan
    }
}

/// Deliberate defects, to show that the simulation bites. Each is made by how the test carries out what the core decides.
enum Mutant: String, CaseIterable, Sendable {
    case submitsBeforeJournalling, repeatsAfterTimeout, acceptsLateProgress, forgetsAdoption, writesFromStaleRead
}
