import ObjectStorage
import Testing

@Suite struct SafetensorsTests {
    static let file = SafetensorsFile(
        metadata: [("ss_network_dim", "4"), ("ss_output_name", "demo")],
        tensors: [
            .init(name: "a.alpha", type: "F32", shape: [], bytes: [0, 0, 128, 63]),
            .init(name: "a.lora_down.weight", type: "BF16", shape: [4, 8], bytes: Array(repeating: 1, count: 64)),
            .init(name: "empty", type: "F64", shape: [0, 3], bytes: []),
            .init(name: "packed", type: "F4", shape: [6], bytes: [1, 2, 3]),
        ])

    func made(_ header: String, data: Int) -> [UInt8] {
        let text = Array(header.utf8)
        return (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) } + text + Array(repeating: 0, count: data)
    }

    func fault(_ bytes: [UInt8], size: Int? = nil) -> String? {
        do {
            _ = try SafetensorsHeader(parsing: bytes, fileSize: size ?? bytes.count)
            return nil
        } catch {
            return error.description
        }
    }

    @Test("what is written is read again, padded to eight bytes and hashed over its data")
    func roundTrip() throws {
        let bytes = Self.file.bytes
        let header = try SafetensorsHeader(parsing: bytes, fileSize: bytes.count)
        #expect(header.tensors.map(\.name) == ["a.alpha", "a.lora_down.weight", "empty", "packed"])
        #expect((8 + header.length) % 8 == 0)
        #expect(header.metadata["ss_output_name"] == "demo")
        #expect(header.metadata["sshs_model_hash"]?.count == 64)
        #expect(header.unknownTypes.isEmpty)
    }

    @Test("the header alone is enough, and says how much of the file it needs")
    func prefix() throws {
        let bytes = Self.file.bytes
        let needed = try SafetensorsHeader.neededBytes(prefix: Array(bytes.prefix(8)), fileSize: bytes.count)
        #expect(throws: Never.self) { try SafetensorsHeader(parsing: Array(bytes.prefix(needed)), fileSize: bytes.count) }
        #expect(
            fault(Array(bytes.prefix(needed - 1)), size: bytes.count)
                == "only \(needed - 1) of the header's \(needed) bytes were read")
    }

    @Test("one byte too few or too many at the end of the file is seen")
    func cover() {
        let bytes = Self.file.bytes
        #expect(fault(bytes, size: bytes.count - 1) == "the file is cut off: \(bytes.count - 1) of \(bytes.count) bytes")
        #expect(fault(bytes, size: bytes.count + 1) == "the file has 1 bytes too many after its last tensor")
    }

    @Test("a file without a whole header says what is wrong with it")
    func lengths() {
        #expect(fault([]) == "the file is empty")
        #expect(fault([1, 2, 3]) == "the file is too short to have a header")
        #expect(
            fault([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])
                == "the header claims 18446744073709551615 bytes, more than any header may have")
        #expect(fault([9, 0, 0, 0, 0, 0, 0, 0, 0x7B]) == "the header is longer than the file (17 of 9 bytes)")
        #expect(fault(Array("<html><body>no such key</body></html>".utf8))?.hasPrefix("the header claims") == true)
    }

    @Test(
        "a header that breaks a rule is refused",
        arguments: [
            ("[]", 0, "the header cannot be read: it is no object"),
            ("{", 0, "the header cannot be read: not valid JSON at byte 1: a key in quotes should be here"),
            (#"{"__metadata__":{"a":1}}"#, 0, "the header cannot be read: __metadata__ holds something other than a string"),
            (
                #"{"t":{"dtype":"F32","shape":[1]}}"#, 4,
                "the header cannot be read: the tensor t lacks dtype, shape or data_offsets"
            ),
            (
                #"{"t":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4,
                "the header cannot be read: the tensor t lacks dtype, shape or data_offsets"
            ),
            (
                #"{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4,
                "the tensor t has not the size that its shape and type ask for"
            ),
            (
                #"{"t":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}}"#, 1,
                "the tensor t has not the size that its shape and type ask for"
            ),
            (
                #"{"t":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}"#, 4,
                "the tensor t has not the size that its shape and type ask for"
            ),
            (
                #"{"t":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#, 2,
                "the tensor t does not begin where the one before it ends"
            ),
            (
                #"{"t":{"dtype":"U8","shape":[1],"data_offsets":[2,1]}}"#, 2,
                "the tensor t does not begin where the one before it ends"
            ),
            (
                #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#, 3,
                "the tensor b does not begin where the one before it ends"
            ),
        ])
    func rules(_ header: String, _ data: Int, _ sentence: String) {
        #expect(fault(made(header, data: data)) == sentence)
    }

    @Test("tensors need not stand in the order of their data, and an unknown type is reported and does not fail the file")
    func lenient() throws {
        let text = #"{"b":{"dtype":"U8","shape":[1],"data_offsets":[4,5]},"a":{"dtype":"F99","shape":[9],"data_offsets":[0,4]}} "#
        let bytes = made(text, data: 5)
        let header = try SafetensorsHeader(parsing: bytes, fileSize: bytes.count)
        #expect(header.tensors.map(\.name) == ["a", "b"])
        #expect(header.unknownTypes == ["F99"])
    }
}
