import JSONText

extension SafetensorsHeader.Tensor {
    /// The types of the format and how many bits a value has.
    static let bits: [String: Int] = [
        "BOOL": 8, "U8": 8, "I8": 8, "F8_E5M2": 8, "F8_E4M3": 8, "F8_E8M0": 8, "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8,
        "I16": 16, "U16": 16, "F16": 16, "BF16": 16, "I32": 32, "U32": 32, "F32": 32, "I64": 64, "U64": 64, "F64": 64, "C64": 64,
        "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6,
    ]

    init(name: String, json: JSONValue) throws(SafetensorsFault) {
        guard let type = json["dtype"]?.string, let shape = SafetensorsHeader.Tensor.naturals(json["shape"]),
            let offsets = SafetensorsHeader.Tensor.naturals(json["data_offsets"]), offsets.count == 2
        else { throw .notJSON("the tensor \(name) lacks dtype, shape or data_offsets") }
        guard offsets[0] <= offsets[1] else { throw .misplaced(name) }
        self.name = name
        self.type = type
        self.shape = shape
        (begin, end) = (offsets[0], offsets[1])
        // A type that is not known is reported and does not fail the file: the format grows.
        guard let bits = SafetensorsHeader.Tensor.bits[type] else { return }
        var size = bits
        for extent in shape {
            let (product, overflow) = size.multipliedReportingOverflow(by: extent)
            guard !overflow else { throw .wrongSize(name) }
            size = product
        }
        guard size % 8 == 0, size / 8 == end - begin else { throw .wrongSize(name) }
    }

    private static func naturals(_ json: JSONValue?) -> [Int]? {
        guard let elements = json?.array else { return nil }
        let numbers = elements.compactMap { element -> Int? in
            guard case .number(let text) = element, let number = Int(text), number >= 0 else { return nil }
            return number
        }
        return numbers.count == elements.count ? numbers : nil
    }
}

/// Why a file is no whole safetensors file, each with a sentence of its own.
public enum SafetensorsFault: Error, Hashable, Sendable, CustomStringConvertible {
    case empty
    case headerTooSmall
    case headerTooLarge(UInt64)
    case headerLongerThanFile(length: Int, fileSize: Int)
    /// Fewer bytes were read than the header has; not the file's fault.
    case cutShort(needed: Int, given: Int)
    case notJSON(String)
    case wrongSize(String)
    case misplaced(String)
    case notCovered(expected: Int, fileSize: Int)

    public var description: String {
        switch self {
        case .empty: "the file is empty"
        case .headerTooSmall: "the file is too short to have a header"
        case .headerTooLarge(let length): "the header claims \(length) bytes, more than any header may have"
        case .headerLongerThanFile(let length, let size): "the header is longer than the file (\(8 + length) of \(size) bytes)"
        case .cutShort(let needed, let given): "only \(given) of the header's \(needed) bytes were read"
        case .notJSON(let reason): "the header cannot be read: \(reason)"
        case .wrongSize(let name): "the tensor \(name) has not the size that its shape and type ask for"
        case .misplaced(let name): "the tensor \(name) does not begin where the one before it ends"
        case .notCovered(let expected, let size) where size < expected: "the file is cut off: \(size) of \(expected) bytes"
        case .notCovered(let expected, let size): "the file has \(size - expected) bytes too many after its last tensor"
        }
    }
}
