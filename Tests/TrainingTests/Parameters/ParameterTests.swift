import Testing
import Training
import TrainingTestSupport

@Suite("The parameter table")
struct ParameterTests {
    @Test(
        "gives steps, rate and repeats by the number of images",
        arguments: [
            (1, 1500, 2e-4, 2), (15, 1500, 2e-4, 2), (16, 2000, 2.5e-4, 2), (30, 2000, 2.5e-4, 2), (31, 2500, 1.5e-4, 1),
            (60, 2500, 1.5e-4, 1),
            (61, 3000, 1e-4, 1), (1000, 3000, 1e-4, 1),
        ])
    func rows(images: Int, steps: Int, rate: Double, repeats: Int) {
        #expect(
            TrainingParameters.preset(images: images, triggerToken: "0019_x")
                == TrainingParameters(
                    learningRate: rate, maxTrainSteps: steps, networkDim: 16, networkAlpha: 8, classTokens: "0019_x",
                    batchSize: 1,
                    numRepeats: repeats, lrScheduler: "cosine",
                    lrWarmupSteps: [1500: 300, 2000: 400, 2500: 500, 3000: 600][steps] ?? 0,
                    optimizerType: "adamw8bit", gradientDtype: "bf16", saveDtype: "bf16"))
    }

    @Test(
        "limits are three times the expected time and an hour at least, and the lifetime leaves six hours of queue",
        arguments: [(1500, 1470.0, 4410.0), (2000, 1920, 5760), (3000, 2820, 8460), (100, 210, 3600), (1200, 1200, 3600)])
    func limits(steps: Int, duration: Double, limit: Double) {
        let expectation = Expectation(steps: steps, pricePerSecond: 0.0005)
        #expect(expectation.duration == .seconds(duration))
        #expect(expectation.executionTimeout == .seconds(limit))
        #expect(expectation.timeToLive == .seconds(limit) + .hours(6))
        #expect(expectation.cost == 0.0005 * duration)
        #expect(Expectation(steps: steps, pricePerSecond: nil).cost == nil)
    }

    @Test("a plan says what would be ordered, with every reason against it")
    func plan() {
        let actor = ActorProfile(
            id: ActorID(19), name: "0019_x", trainingDataGood: false, images: ImageCount(onS3: 19, synced: 19, recorded: 23),
            models: [ModelRecord(filename: "actor_19_V7.safetensors", versionName: "V7", good: true)])
        let plan = TrainingPlan(for: actor, in: Ledger(), prices: PriceOutlook(perSecond: 0.001))
        #expect(plan.model.description == "actor_0019_V8")
        #expect(plan.images == 19)
        #expect(plan.parameters.maxTrainSteps == 2000)
        #expect(plan.parameters.classTokens == "0019_x")
        #expect(plan.expectation.cost == 1.92)
        #expect(plan.eligibility.reasons == [.dataNotApproved, .hasGoodModel("V7")])
    }
}
