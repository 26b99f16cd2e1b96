import Crypto
import Training

/// A request in the one form of Signature Version 4 that both sides compute a signature over.
///
/// By S3's own rules: the path is encoded once and never cleaned, `//`, `.` and `..` stay (docs.aws.amazon.com, "Create a signed AWS
/// API request"; other services encode twice and clean).
struct CanonicalRequest: Hashable, Sendable {
    struct Field: Hashable, Sendable {
        var name: String
        var value: String
    }

    enum Payload: Hashable, Sendable {
        case bytes([UInt8])
        /// In a presigned address, whose body nobody knows yet.
        case unsigned

        var hash: String {
            switch self {
            case .bytes(let bytes): SHA256.hash(data: bytes).hexadecimal
            case .unsigned: "UNSIGNED-PAYLOAD"
            }
        }
    }

    var method: String
    /// Not yet encoded, with its leading slash; the key's bytes follow as they are.
    var path: String
    /// Not yet encoded; a parameter without a value has an empty one.
    var query: [Field]
    /// All that are to be signed, `host` among them.
    var headers: [Field]
    var payload: Payload

    var text: String {
        let lines = canonicalHeaders.map { $0.name + ":" + $0.value }
        return ([method, encodedPath, encodedQuery] + lines + ["", signedHeaders, payload.hash]).joined(separator: "\n")
    }

    /// The path as it must be sent.
    var encodedPath: String { PercentCoding.encoded(path.isEmpty ? "/" : path, keepingSlashes: true) }

    /// The query as it is best sent: sorted by the bytes of the encoded names, then of the values.
    var encodedQuery: String {
        let encoded = query.map { field in
            (PercentCoding.encoded(field.name, keepingSlashes: false), PercentCoding.encoded(field.value, keepingSlashes: false))
        }
        return encoded.sorted { $0 < $1 }.map { $0 + "=" + $1 }.joined(separator: "&")
    }

    var signedHeaders: String { canonicalHeaders.map(\.name).joined(separator: ";") }

    /// Names in lower case and sorted, values trimmed and their runs of blanks folded, values of one name joined in their order.
    private var canonicalHeaders: [Field] {
        var values: [String: [String]] = [:]
        for field in headers { values[field.name.lowercased(), default: []].append(CanonicalRequest.folded(field.value)) }
        return values.sorted { $0.key < $1.key }.map { Field(name: $0.key, value: $0.value.joined(separator: ",")) }
    }

    private static func folded(_ value: String) -> String {
        value.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
    }
}
