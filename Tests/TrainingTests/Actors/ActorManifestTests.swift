import JSONText
import Testing
import Training
import TrainingTestSupport

@Suite("Reading a manifest")
struct ActorManifestTests {
    private func manifest(_ text: String) throws -> ActorManifest { ActorManifest(reading: try JSONValue(parsing: text)) }

    @Test("images count by their address, and are synced when all statuses say so or none says anything")
    func images() throws {
        let mixed = try manifest(
            """
            {"training_data":[{"filename":"a","s3_url":"s3://b/a","status":"synced"},{"filename":"b","s3_url":"s3://b/b","status":"synced"},
            {"filename":"c","s3_url":null,"status":"local_only"},{"filename":"d","s3_url":"","status":"local_only"}]}
            """)
        #expect(ImageCount(counting: mixed.images) == ImageCount(onS3: 2, synced: 2, recorded: 4))
        let silent = try manifest(#"{"training_data":[{"s3_url":"s3://b/a"},{"s3_url":"s3://b/b"}]}"#)
        #expect(ImageCount(counting: silent.images) == ImageCount(onS3: 2, synced: 2, recorded: 2))
        let odd = try manifest(#"{"training_data":[{"s3_url":"s3://b/a","status":7},{"s3_url":"s3://b/b","status":"synced"}]}"#)
        #expect(ImageCount(counting: odd.images) == ImageCount(onS3: 2, synced: 1, recorded: 2))
    }

    @Test("a model's verdict, version and address are read, and what is missing is nil")
    func models() throws {
        let manifest = try manifest(
            """
            {"custom_lora_models":[{"filename":"actor_6_V7.safetensors","version":"V7","s3_url":"https://x","size_bytes":153271968,
            "good":true,"unknown":[1]},{"filename":"actor_6_V8.safetensors"}]}
            """)
        #expect(manifest.models.map(\.version) == [VersionNumber(7), VersionNumber(8)])
        #expect(manifest.models.map(\.good) == [true, nil])
        #expect(manifest.models[0].sizeBytes == 153_271_968)
        #expect(manifest.fault == nil)
    }

    @Test("absent approval is no approval, and a word is none either")
    func approval() throws {
        #expect(try manifest(#"{"training_data_good":true}"#).trainingDataGood)
        #expect(try !manifest("{}").trainingDataGood)
        let word = try manifest(#"{"training_data_good":"yes"}"#)
        #expect(!word.trainingDataGood)
        #expect(word.fault == "training_data_good is not true or false")
    }

    @Test(
        "what is of the wrong type is a fault of that manifest and no crash",
        arguments: [
            ("[]", "it is no JSON object"), (#"{"training_data":{}}"#, "training_data is no list"),
            (#"{"custom_lora_models":"V7"}"#, "custom_lora_models is no list"),
            (#"{"custom_lora_models":[{},7]}"#, "entry 2 of custom_lora_models is no object"),
        ])
    func wrongTypes(text: String, fault: String) throws {
        #expect(try manifest(text).fault == fault)
    }

    @Test("the actor that a manifest names is read padded, unpadded and as a number", arguments: [#""0019""#, #""19""#, "19"])
    func character(id: String) throws {
        #expect(try manifest("{\"character_id\":\(id)}").character == ActorID(19))
    }

    @Test("versions keep their order; unknown words and missing fields are borne, what is no version is a fault")
    func versions() throws {
        let (versions, fault) = VersionRecord.list(
            reading: try JSONValue(
                parsing: """
                    {"versions":[{"id":"b-e1","name":"V10","status":"pending","timestamp":"2025-10-17T09:14:14.000Z","imageCount":23},
                    {"id":"a","name":"V9","status":"completed","loraUrl":"https://x","isGood":true},{"name":"imported","status":"paused"},5]}
                    """))
        #expect(versions.map(\.version) == [VersionNumber(10), VersionNumber(9), nil])
        #expect(versions.map(\.status) == [.pending, .completed, .other])
        #expect(versions[0].timestamp == Timestamp(parsing: "2025-10-17T09:14:14Z"))
        #expect(versions[1].isGood == true)
        #expect(fault == "entry 4 of versions is no object")
        #expect(VersionRecord.list(reading: [:]).fault == nil)
        #expect(VersionRecord.list(reading: ["versions": 3]).fault == "versions is no list")
    }
}
