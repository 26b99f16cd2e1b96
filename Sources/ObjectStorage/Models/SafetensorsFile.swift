import Crypto
import JSONText

/// A small safetensors file to be written: for the simulator's models and for tests. The whole of it is in memory.
public struct SafetensorsFile: Hashable, Sendable {
    /// One tensor to be written, with its values.
    public struct Tensor: Hashable, Sendable {
        public var name: String
        public var type: String
        public var shape: [Int]
        public var bytes: [UInt8]

        /// - Parameter bytes: as many as shape and type ask for.
        public init(name: String, type: String, shape: [Int], bytes: [UInt8]) {
            self.name = name
            self.type = type
            self.shape = shape
            self.bytes = bytes
        }
    }

    /// Pairs in the order in which they are written.
    public var metadata: [(key: String, value: String)]
    public var tensors: [Tensor]

    public init(metadata: [(key: String, value: String)], tensors: [Tensor]) {
        self.metadata = metadata
        self.tensors = tensors
    }

    /// The file, with `sshs_model_hash` over its data added to the metadata as kohya's trainer does it, and the header padded with
    /// spaces to a multiple of eight as the library does it.
    public var bytes: [UInt8] {
        let data = tensors.flatMap(\.bytes)
        var names = JSONObject()
        for pair in metadata { names[pair.key] = .string(pair.value) }
        names["sshs_model_hash"] = .string(SHA256.hash(data: data).hexadecimal)
        var header: JSONObject = ["__metadata__": .object(names)]
        var offset = 0
        for tensor in tensors {
            let end = offset + tensor.bytes.count
            header[tensor.name] = [
                "dtype": .string(tensor.type), "shape": .array(tensor.shape.map(JSONValue.integer)),
                "data_offsets": [.integer(offset), .integer(end)],
            ]
            offset = end
        }
        var text = Array(JSONValue.object(header).text().utf8)
        text += Array(repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
        let length = (0..<8).map { UInt8(truncatingIfNeeded: UInt64(text.count) >> (8 * $0)) }
        return length + text + data
    }

    public static func == (left: SafetensorsFile, right: SafetensorsFile) -> Bool { left.bytes == right.bytes }
    public func hash(into hasher: inout Hasher) { hasher.combine(tensors) }
}

extension Sequence<UInt8> {
    /// Two hexadecimal digits a byte.
    var hexadecimal: String {
        var text = ""
        for byte in self { text += byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16) }
        return text
    }
}
