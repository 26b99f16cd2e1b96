import JSONText
import Testing
import Training
import TrainingTestSupport

@Suite("Whether exactly this was trained before")
struct EarlierTrainingTests {
    private let images = (1...3).map { S3Location(bucket: "cast", key: "a/\($0).png") }
    private let parameters = TrainingParameters.preset(images: 3, triggerToken: "0019_x")

    private func payload(_ images: [S3Location]) -> JSONValue {
        ["input": ["training_data": ["s3_urls": .array(images.map { .string($0.description) })]]]
    }

    private func earlier(images: [S3Location]) -> [EarlierTraining] {
        [
            EarlierTraining(
                model: ModelName(actor: ActorID(19), version: VersionNumber(6)), at: .sample, images: Set(images),
                parameters: parameters)
        ]
    }

    @Test("the same images in another order with the same parameters are the same training")
    func same() {
        let found = earlier(images: images).check(images: images.reversed(), parameters: parameters, versions: [])
        #expect(found.map(\.severity) == [.warning])
        #expect(
            found[0].sentence
                == "exactly these 3 images were trained with exactly these parameters on \(Timestamp.sample.dateText): it is V6")
    }

    @Test("the verdict on it is told with it")
    func verdict() {
        let version = VersionRecord(id: "r", name: "V6", status: .completed, imageCount: 3, isGood: false)
        let found = earlier(images: images).check(images: images, parameters: parameters, versions: [version])
        #expect(found[0].sentence.hasSuffix("it is V6, judged bad"))
    }

    @Test("one image more, less or another, or another parameter, is another training")
    func different() {
        let four = images + [S3Location(bucket: "cast", key: "a/4.png")]
        #expect(earlier(images: images).check(images: four, parameters: parameters, versions: []).isEmpty)
        #expect(earlier(images: four).check(images: images, parameters: parameters, versions: []).isEmpty)
        var changed = parameters
        changed.learningRate *= 2
        #expect(earlier(images: images).check(images: images, parameters: changed, versions: []).isEmpty)
    }

    @Test("only what completed counts, and its images come from what was sent")
    func fromLedger() throws {
        let ledger = Ledger(
            of: .queued(1, actor: 19), .prepared(1, version: 6), .intended(1), .accepted(1, "r1"), .ended(1, .completed),
            .queued(2, actor: 19), .prepared(2, version: 7), .intended(2), .accepted(2, "r2"), .ended(2, .failed))
        let all = EarlierTraining.all(of: ActorID(19), in: ledger) { _ in payload(images) }
        #expect(all.map(\.model.version) == [VersionNumber(6)])
        #expect(all.first?.images == Set(images))
        #expect(EarlierTraining.all(of: ActorID(19), in: ledger) { _ in nil }.isEmpty)
        #expect(EarlierTraining.all(of: ActorID(20), in: ledger) { _ in payload(images) }.isEmpty)
    }

    @Test("somebody else's version on as many images is a note")
    func others() {
        let version = VersionRecord(id: "x", name: "V5", status: .completed, timestamp: .sample, imageCount: 3)
        let found = [EarlierTraining]().check(images: images, parameters: parameters, versions: [version])
        #expect(found.map(\.severity) == [.note] && found[0].sentence.hasPrefix("V5 was trained on as many images"))
    }
}
