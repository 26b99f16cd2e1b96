import JSONText

/// The header of a safetensors file: eight bytes with its length N, then N bytes of JSON, then the tensors' data up to the end.
///
/// Read from the file's first bytes and its size alone, so that a model can be checked without being fetched. It proves structure and
/// length, not the values: a file of zeros passes. The rules are those of huggingface/safetensors (`safetensors/src/tensor.rs`).
public struct SafetensorsHeader: Hashable, Sendable {
    /// The greatest N that the library reads.
    public static let greatestLength = 100_000_000

    /// One tensor as the header describes it.
    public struct Tensor: Hashable, Sendable {
        public let name: String
        public let type: String
        public let shape: [Int]
        /// Bytes from the end of the header: first and one past the last.
        public let begin: Int
        public let end: Int
    }

    /// N: the length of the JSON in bytes, padding included.
    public let length: Int
    /// In the order of their data.
    public let tensors: [Tensor]
    /// What the trainer wrote about itself: `ss_network_dim`, `ss_steps`, …; strings to strings.
    public let metadata: [String: String]
    /// Types that are not known here, so that their sizes could not be checked.
    public let unknownTypes: Set<String>

    /// How many bytes must be read for the whole header; nil where the eight first bytes are not there.
    /// - Throws: `SafetensorsFault` where no header can be that long.
    public static func neededBytes(prefix: [UInt8], fileSize: Int) throws(SafetensorsFault) -> Int {
        guard fileSize > 0 else { throw .empty }
        guard fileSize >= 8, prefix.count >= 8 else { throw .headerTooSmall }
        let length = prefix[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(greatestLength) else { throw .headerTooLarge(length) }
        guard 8 + Int(length) <= fileSize else { throw .headerLongerThanFile(length: Int(length), fileSize: fileSize) }
        return 8 + Int(length)
    }

    /// - Parameters:
    ///   - prefix: the file's first bytes, `neededBytes` of them or more.
    ///   - fileSize: the size of the whole file in bytes.
    public init(parsing prefix: [UInt8], fileSize: Int) throws(SafetensorsFault) {
        let needed = try SafetensorsHeader.neededBytes(prefix: prefix, fileSize: fileSize)
        guard prefix.count >= needed else { throw .cutShort(needed: needed, given: prefix.count) }
        length = needed - 8
        let json: JSONValue
        do { json = try JSONValue(parsing: prefix[8..<needed]) } catch { throw .notJSON(error.description) }
        guard let object = json.object else { throw .notJSON("it is no object") }
        metadata = try SafetensorsHeader.metadata(object["__metadata__"])
        var tensors: [Tensor] = []
        for member in object.members where member.key != "__metadata__" {
            tensors.append(try Tensor(name: member.key, json: member.value))
        }
        tensors.sort { ($0.begin, $0.end) < ($1.begin, $1.end) }
        unknownTypes = Set(tensors.map(\.type).filter { Tensor.bits[$0] == nil })
        self.tensors = tensors
        try checkCover(dataSize: fileSize - needed)
    }

    private static func metadata(_ json: JSONValue?) throws(SafetensorsFault) -> [String: String] {
        guard let json else { return [:] }
        guard let object = json.object else { throw .notJSON("__metadata__ is no object") }
        var result: [String: String] = [:]
        for member in object.members {
            guard let text = member.value.string else { throw .notJSON("__metadata__ holds something other than a string") }
            result[member.key] = text
        }
        return result
    }

    /// The tensors must lie end to end from 0 to the end of the file, without a hole and without an overlap.
    private func checkCover(dataSize: Int) throws(SafetensorsFault) {
        var end = 0
        for tensor in tensors {
            guard tensor.begin == end else { throw .misplaced(tensor.name) }
            end = tensor.end
        }
        guard end == dataSize else { throw .notCovered(expected: 8 + length + end, fileSize: 8 + length + dataSize) }
    }
}
