/// Why a text is not JSON, and where.
public struct JSONError: Error, Hashable, CustomStringConvertible {
    /// What was expected or is wrong there.
    public let reason: String
    /// How many bytes of the text come before the fault.
    public let offset: Int

    public var description: String { "not valid JSON at byte \(offset): \(reason)" }
}

extension JSONValue {
    /// Reads exactly one JSON value.
    /// - Parameter depthLimit: how deep arrays and objects may lie in each other; a hostile body must not use up the stack.
    /// A byte order mark before it is passed over, as RFC 8259 allows: editors on Windows write one.
    /// - Throws: `JSONError` for anything that RFC 8259 forbids, for a doubled key, for bad UTF-8 and beyond `depthLimit`.
    public init(parsing text: some Sequence<UInt8>, depthLimit: Int = 64) throws(JSONError) {
        var parser = JSONParser(bytes: Array(text), depthLimit: depthLimit)
        self = try parser.document()
    }

    public init(parsing text: String, depthLimit: Int = 64) throws(JSONError) {
        try self.init(parsing: text.utf8, depthLimit: depthLimit)
    }
}

/// A parser by descent over bytes: protocols are read on UTF-8, for `"\r\n"` is one `Character`.
struct JSONParser {
    let bytes: [UInt8]
    let depthLimit: Int
    var position = 0

    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    mutating func document() throws(JSONError) -> JSONValue {
        if bytes.starts(with: JSONParser.byteOrderMark) { position = JSONParser.byteOrderMark.count }
        let value = try self.value(depth: 0)
        skipBlanks()
        guard position == bytes.count else { throw fault("nothing may follow the value") }
        return value
    }

    mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard depth <= depthLimit else { throw fault("nested more than \(depthLimit) levels deep") }
        skipBlanks()
        guard let first = peek else { throw fault("the text ends where a value should be") }
        switch first {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw fault("a value should be here")
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        var object = JSONObject()
        var seen: Set<String> = []
        position += 1
        skipBlanks()
        if take(UInt8(ascii: "}")) { return .object(object) }
        while true {
            skipBlanks()
            guard peek == UInt8(ascii: "\"") else { throw fault("a key in quotes should be here") }
            let key = try string()
            // The set takes two spellings of one accent for the same key, which they are not: then the bytes decide.
            guard seen.insert(key).inserted || object[key] == nil else { throw fault("the key “\(key)” stands twice") }
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw fault("a colon should follow the key") }
            object.append(key: key, value: try value(depth: depth + 1))
            skipBlanks()
            if take(UInt8(ascii: ",")) { continue }
            if take(UInt8(ascii: "}")) { return .object(object) }
            throw fault("a comma or a closing brace should be here")
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        var elements: [JSONValue] = []
        position += 1
        skipBlanks()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipBlanks()
            if take(UInt8(ascii: ",")) { continue }
            if take(UInt8(ascii: "]")) { return .array(elements) }
            throw fault("a comma or a closing bracket should be here")
        }
    }
}

extension JSONObject {
    /// Appends a member whose key is known to be new; spares the search that the subscript makes.
    mutating func append(key: String, value: JSONValue) {
        members.append(Member(key: key, value: value))
    }
}
