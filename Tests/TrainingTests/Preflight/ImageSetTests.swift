import Testing
import Training
import TrainingTestSupport

@Suite("The images of a training before it is paid")
struct ImageSetTests {
    private static func address(_ name: String) -> String { "https://cast.s3.eu-central-1.amazonaws.com/training/\(name)" }

    private static func data(_ names: [String], sizes: Int? = 1000) -> TrainingData {
        TrainingData(
            actor: ActorID(19), name: "0019_european_20_female", approved: true,
            images: names.map { TrainingImage(filename: $0, address: address($0), sizeBytes: sizes) })
    }

    private static let names = ["a.png", "b.jpg", "c.webp", "d.bmp", "e.JPEG"]

    private static func whole(_ names: [String] = names) -> [S3Location: ImageReading] {
        Dictionary(
            names.enumerated().map { index, name in
                let facts = ImageFacts(sizeBytes: 1000, etag: "tag\(index)", format: .png, width: 1024, height: 1024)
                return (location(name), .present(facts))
            }, uniquingKeysWith: { first, _ in first })
    }

    private static func location(_ name: String) -> S3Location { S3Location(bucket: "cast", key: "training/\(name)") }

    private func check(_ readings: [S3Location: ImageReading], captions: Int = 0) -> [Finding] {
        check(Self.data(Self.names), readings, captions: captions)
    }

    private func check(_ data: TrainingData, _ readings: [S3Location: ImageReading], captions: Int = 0) -> [Finding] {
        ImageSet(data: data, readings: .known(readings), captions: .known(captions)).check()
    }

    @Test("a whole set is said to be whole, and that it has no captions is no objection")
    func whole() {
        let found = check(Self.whole())
        #expect(found.map(\.severity) == [.ok, .note])
        #expect(found[0].sentence == "5 images of 0019_european_20_female, each there and readable")
    }

    @Test("one missing image is named, and nothing else is")
    func missing() {
        var readings = Self.whole()
        readings[Self.location("b.jpg")] = .missing
        let found = check(readings).objections
        #expect(found.map(\.code) == ["images.missing"])
        #expect(found[0].severity == .error)
        #expect(found[0].sentence == "1 image is not on S3: b.jpg")
        #expect(found[0].remedy?.contains("upload") == true)
    }

    @Test("a forbidden bucket is one finding that names the bucket, however many images lie there")
    func forbidden() {
        let found = check(Self.whole().mapValues { _ in .forbidden("AccessDenied") }).objections
        #expect(found.map(\.code) == ["images.access"])
        #expect(found[0].sentence.contains("cast") && found[0].sentence.contains("AccessDenied"))
        #expect(found[0].remedy?.contains("s3:GetObject") == true)
    }

    @Test("what is no image is named with the store's words")
    func broken() {
        var readings = Self.whole()
        readings[Self.location("a.png")] = .broken("the file is empty")
        #expect(check(readings).objections.map(\.sentence) == ["no image to train on: a.png: the file is empty"])
    }

    @Test("a store that does not answer is an error of its own")
    func unreachable() {
        let found = check(Self.whole().mapValues { _ in .unreachable("no answer in 10 s") }).objections
        #expect(found.map(\.code) == ["images.unreachable"])
    }

    @Test("many missing images are counted and three of them named")
    func many() {
        let found = check(Self.whole().mapValues { _ in .missing }).objections
        #expect(found.map(\.sentence) == ["5 images are not on S3: a.png, b.jpg, c.webp and 2 more"])
    }

    @Test(
        "what lies there is held against what a picture is",
        arguments: [
            (ImageFacts(sizeBytes: 0), "images.empty"),
            (ImageFacts(sizeBytes: 1000, format: .other), "images.content"),
            (ImageFacts(sizeBytes: 1000, format: .png, width: 200, height: 900), "images.small"),
            (ImageFacts(sizeBytes: 1000, etag: "tag1", format: .png), "images.same"),
            (ImageFacts(sizeBytes: 999, format: .png), "images.changed"),
        ])
    func contents(facts: ImageFacts, code: String) {
        var readings = Self.whole()
        readings[Self.location("a.png")] = .present(facts)
        let found = check(readings).objections
        #expect(found.map(\.code) == [code])
        #expect(found.first?.sentence.contains("a.png") == true)
    }

    @Test("an image of a hundred megabytes is a warning")
    func large() {
        let readings = [Self.location("a.png"): ImageReading.present(ImageFacts(sizeBytes: 100 << 20, format: .png))]
        #expect(check(Self.data(["a.png"], sizes: nil), readings).objections.map(\.code) == ["images.large"])
    }

    @Test("doubled addresses are counted: recorded against sent")
    func doubled() {
        let found = check(Self.data(Self.names + ["a.png"]), Self.whole()).objections
        #expect(found.map(\.code) == ["images.doubled"])
        #expect(found[0].sentence.contains("6 addresses are recorded and 5 are sent"))
    }

    @Test("an ending that the trainer passes over is a warning, and an error where none is left")
    func endings() {
        let some = check(Self.data(["a.png", "b.gif", "c.Png"]), Self.whole(["a.png", "b.gif", "c.Png"])).objections
        #expect(some.map(\.code) == ["images.format"] && some[0].severity == .warning)
        #expect(some[0].sentence.contains("b.gif, c.Png"))
        let all = check(Self.data(["a.gif"]), Self.whole(["a.gif"])).objections
        #expect(all.map(\.code) == ["images.format"] && all[0].severity == .error)
    }

    @Test("an address that is none on S3 is shown without its signature")
    func strange() {
        var data = Self.data(Self.names)
        data.images.append(TrainingImage(filename: "x.png", address: "https://elsewhere.example/x.png?sig=hush"))
        let found = check(data, Self.whole()).objections
        #expect(found.map(\.code) == ["images.address"])
        #expect(found[0].sentence.contains("elsewhere.example/x.png") && !found[0].sentence.contains("hush"))
    }

    @Test("captions of some images only are a warning; how many there are is said, and where nobody could count nothing is")
    func captions() {
        func words(_ captions: Checked<Int>) -> [String] {
            ImageSet(data: Self.data(Self.names), readings: .known(Self.whole()), captions: captions).check()
                .filter { $0.code == "images.captions" }.map(\.sentence)
        }
        #expect(check(Self.whole(), captions: 3).objections.map(\.code) == ["images.captions"])
        #expect(words(.known(3)) == ["3 of 5 images have a caption (.txt) beside them and the others none"])
        #expect(check(Self.whole(), captions: 5).objections.isEmpty)
        #expect(words(.known(5)) == ["each of the 5 images has a caption (.txt) beside it"])
        #expect(words(.known(0)) == ["no image has a caption (.txt) beside it; the trigger token alone is learned"])
        #expect(words(.notChecked("S3 forbids the list")) == ["captions were not counted: S3 forbids the list"])
    }

    @Test(
        "a caption has its image's name and the ending .txt, in the image's folder",
        arguments: [
            ("a/b.c/d.png", "a/b.c/d.txt"), ("a/b.c/d", "a/b.c/d.txt"), ("d.tar.png", "d.tar.txt"), ("a//é.jpg", "a//é.txt"),
        ])
    func captionKey(image: String, caption: String) {
        #expect(S3Location(bucket: "b", key: image).caption.key == caption)
        #expect(caption.hasPrefix(S3Location(bucket: "b", key: image).folder.key))
    }

    @Test("images that nobody could look at are said to be so")
    func notChecked() {
        let set = ImageSet(data: Self.data(Self.names), readings: .notChecked("no key"), captions: .notChecked("no key"))
        #expect(set.check().map(\.severity) == [.ok, .skipped])
        #expect(set.check()[0].sentence == "5 images of 0019_european_20_female")
    }

    @Test("a format is told by the first bytes")
    func firstBytes() {
        #expect(ImageFormat(firstBytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) == .png)
        #expect(ImageFormat(firstBytes: [0xFF, 0xD8, 0xFF, 0xE0]) == .jpeg)
        #expect(ImageFormat(firstBytes: Array("RIFF1234WEBP".utf8)) == .webp)
        #expect(ImageFormat(firstBytes: Array("BM".utf8)) == .bmp)
        #expect(ImageFormat(firstBytes: Array("<html>".utf8)) == .other)
    }
}
