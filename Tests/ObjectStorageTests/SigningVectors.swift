import Foundation
import JSONText
import Training
import TrainingPorts

@testable import ObjectStorage

/// The file of test vectors; `make-signing-vectors.py` beside it says where they are from.
struct SigningVectors {
    let json: JSONValue

    init() throws {
        guard let url = Bundle.module.url(forResource: "signing-vectors", withExtension: "json", subdirectory: "Fixtures") else {
            throw CocoaError(.fileNoSuchFile)
        }
        json = try JSONValue(parsing: [UInt8](Data(contentsOf: url)))
    }

    var credentials: S3Credentials {
        S3Credentials(accessKey: json["access_key"]?.string ?? "", secret: Secret(json["secret"]?.string ?? ""))
    }

    var time: Timestamp { Timestamp(parsing: json["time"]?.string ?? "") ?? Timestamp(milliseconds: 0) }

    var made: [Made] { (json["botocore"]?.array ?? []).map(Made.init) }
    var suite: [SuiteCase] { (json["suite"]?.array ?? []).map(SuiteCase.init) }

    /// A request that botocore has built and signed.
    struct Made {
        let json: JSONValue

        func text(_ name: String) -> String { json[name]?.string ?? "" }

        var endpoint: S3Endpoint {
            let addressing: S3Endpoint.Addressing = text("addressing") == "path" ? .path : .virtualHosted
            return S3Endpoint(
                region: text("region"), addressing: addressing, accelerates: text("addressing") == "accelerate",
                dualStack: text("addressing") == "dual")
        }

        func credentials(_ pair: S3Credentials) -> S3Credentials {
            S3Credentials(accessKey: pair.accessKey, secret: pair.secret, sessionToken: json["token"]?.string.map(Secret.init))
        }

        var call: S3Call {
            var call = S3Call(method: text("method"), bucket: text("bucket"), key: text("key"))
            call.query = (json["query"]?.array ?? []).map {
                .init(name: $0.array?.first?.string ?? "", value: $0.array?.last?.string ?? "")
            }
            if let range = json["range"]?.string { call.headers.append(.init(name: "range", value: range)) }
            return call
        }
    }

    /// A case of AWS's suite: a raw request and what must come of it.
    struct SuiteCase {
        let json: JSONValue

        func text(_ name: String) -> String { json[name]?.string ?? "" }
        var name: String { text("name") }

        /// The raw request as the signer takes it: nothing encoded.
        var request: CanonicalRequest {
            let parts = text("request").replacing("\r\n", with: "\n").split(
                separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
            let lines = parts[0].split(separator: "\n").map(String.init)
            let first = lines[0].split(separator: " ", maxSplits: 1).map(String.init)
            let target = first[1].hasSuffix(" HTTP/1.1") ? String(first[1].dropLast(9)) : first[1]
            let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let body = parts.count > 1 ? Array(parts[1].utf8) : []
            return CanonicalRequest(
                method: first[0], path: halves[0], query: SuiteCase.query(halves.count > 1 ? halves[1] : ""),
                headers: SuiteCase.headers(lines.dropFirst()), payload: .bytes(body))
        }

        private static func query(_ text: String) -> [CanonicalRequest.Field] {
            // The suite's own query ends at a blank, as a request line's does.
            let end = text.split(separator: " ", maxSplits: 1).first.map(String.init) ?? ""
            return end.split(separator: "&").map { pair in
                let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                let value = halves.count > 1 ? halves[1] : ""
                return .init(name: PercentCoding.decoded(halves[0]) ?? "", value: PercentCoding.decoded(value) ?? "")
            }
        }

        private static func headers(_ lines: ArraySlice<String>) -> [CanonicalRequest.Field] {
            var fields: [CanonicalRequest.Field] = []
            for line in lines {
                if line.hasPrefix(" "), !fields.isEmpty {
                    fields[fields.count - 1].value += " " + line
                } else if let colon = line.firstIndex(of: ":") {
                    fields.append(.init(name: String(line[..<colon]), value: String(line[line.index(after: colon)...])))
                }
            }
            return fields
        }
    }
}
