/// A JSON value that keeps what it was read from: the order of members and the text of numbers.
///
/// Foundation's parser turns `1.0` into `1`, sorts members anew and takes the first of two equal keys; a workflow that was paid for
/// or a manifest that others write must come out as it went in.
public indirect enum JSONValue: Hashable, Sendable {
    case object(JSONObject)
    case array([JSONValue])
    case string(String)
    /// A number as it was written, such as `1e-4` or `1.0`.
    case number(String)
    case bool(Bool)
    case null

    /// A whole number.
    public static func integer(_ value: some BinaryInteger) -> JSONValue { .number(String(value)) }

    /// A floating-point number in its shortest form that reads back as the same value; a whole one is written without a fraction.
    /// A value that JSON cannot hold (infinite, not a number) becomes `null`.
    public static func double(_ value: Double) -> JSONValue {
        guard value.isFinite else { return .null }
        if value == value.rounded(), abs(value) < 1e15 { return .number(String(Int64(value))) }
        return .number("\(value)")
    }
}

/// The members of a JSON object in their order. Keys are unique by their bytes: the parser refuses doubled ones, and two spellings of one
/// accent are two keys, as they are for every other reader.
public struct JSONObject: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// One key of an object with its value.
    public struct Member: Hashable, Sendable {
        public var key: String
        public var value: JSONValue
    }

    public internal(set) var members: [Member]

    public init() { members = [] }

    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        members = []
        for (key, value) in elements { self[key] = value }
    }

    /// Reads a member, replaces it at its place, appends it where it is new, or removes it with nil.
    public subscript(key: String) -> JSONValue? {
        get { members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value }
        set {
            let place = members.firstIndex { $0.key.utf8.elementsEqual(key.utf8) }
            switch (place, newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): members.remove(at: place)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    public var keys: [String] { members.map(\.key) }
}
