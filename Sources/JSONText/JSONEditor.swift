/// Edits a JSON text in place: only the bytes of what is changed differ. Escapes, the text of numbers, the order of keys, indentation,
/// line ends, a byte order mark and a missing last newline stay, because other programs and people write the same files and read diffs.
public struct JSONEditor: Sendable {
    /// The text as it stands; valid JSON at every time.
    public private(set) var bytes: [UInt8]
    /// How the text as a whole is laid out, for places that have no neighbours.
    let house: JSONLayout

    /// - Throws: `JSONError` for a text that is not JSON: an edit of a broken file would hide the fault.
    public init(_ text: some Sequence<UInt8>, depthLimit: Int = 64) throws(JSONError) {
        let bytes = Array(text)
        _ = try JSONValue(parsing: bytes, depthLimit: depthLimit)
        self.bytes = bytes
        house = JSONLayout(detectingIn: JSONTokens(bytes: bytes))
    }

    /// The value at a path; nil where there is none.
    public func value(at path: JSONPath = []) -> JSONValue? {
        guard let range = tokens.find(path)?.value else { return nil }
        // The text was parsed whole, to its depth limit, when it came in; a part of it is valid and no deeper than that or an edit.
        return try? JSONValue(parsing: bytes[range], depthLimit: .max)
    }

    /// Where among its siblings a new member or element is put.
    public enum Place: Hashable, Sendable {
        case first
        case last
        /// Behind the member of that key; last where there is none.
        case after(String)
        /// Before the element that has this number now; the count of elements puts it last.
        case at(Int)
    }

    /// Makes the value at `path` be `value`. What means the same already is left as it is written; a missing member is put last.
    public mutating func set(_ value: JSONValue, at path: JSONPath) throws(JSONPathError) {
        if let place = tokens.find(path) {
            if let old = self.value(at: path), old.meansTheSame(as: value) { return }
            let layout = tokens.layout(replacing: place, at: path, house: house)
            splice(place.value, layout.render(value, indentation: tokens.indentation(at: place.start)))
        } else if case .key(let key)? = path.last {
            try insert(value, key: key, into: Array(path.dropLast()))
        } else {
            throw JSONPathError(path, "there is nothing here that could be replaced")
        }
    }

    /// Puts a new member into the object at `path`.
    /// - Throws: `JSONPathError` where no object is there, or where it has the key already.
    public mutating func insert(
        _ value: JSONValue, key: String, into path: JSONPath, at place: Place = .last
    )
        throws(JSONPathError)
    {
        guard let container = tokens.container(at: path), container.isObject else {
            throw JSONPathError(path, "no object is here")
        }
        guard !container.children.contains(where: { $0.isNamed(key) }) else {
            throw JSONPathError(path, "the key “\(key)” is there already")
        }
        try insert(value, key: key, into: container, path: path, place: place)
    }

    /// Puts a new element into the array at `path`.
    /// - Throws: `JSONPathError` where no array is there, or where `place` is beyond its end.
    public mutating func insert(_ value: JSONValue, into path: JSONPath, at place: Place = .last) throws(JSONPathError) {
        guard let container = tokens.container(at: path), !container.isObject else {
            throw JSONPathError(path, "no array is here")
        }
        try insert(value, key: nil, into: container, path: path, place: place)
    }

    /// Takes a member or an element out, with the comma that parted it from its neighbour. Taking out what was just put in gives the
    /// text from before, unless that was an empty container with blanks inside.
    public mutating func remove(at path: JSONPath) throws(JSONPathError) {
        guard let last = path.last, let container = tokens.container(at: Array(path.dropLast())),
            let index = container.index(of: last)
        else { throw JSONPathError(path, "there is nothing here that could be removed") }
        let children = container.children
        if children.count == 1 {
            splice(container.inside, [])
        } else if index == 0 {
            splice(children[0].start..<children[1].start, [])
        } else {
            splice(children[index - 1].value.upperBound..<children[index].value.upperBound, [])
        }
    }

    var tokens: JSONTokens { JSONTokens(bytes: bytes) }

    mutating func splice(_ range: Range<Int>, _ new: [UInt8]) { bytes.replaceSubrange(range, with: new) }
}
