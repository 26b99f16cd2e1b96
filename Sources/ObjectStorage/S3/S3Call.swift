import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Training

/// One request before it is addressed and signed.
struct S3Call: Sendable {
    var method = "GET"
    var bucket: String
    /// Empty for the bucket itself.
    var key = ""
    var query: [CanonicalRequest.Field] = []
    var headers: [CanonicalRequest.Field] = []
    /// More is an error.
    var bodyLimit = 1 << 20
    /// Reading stops there without an error: a server may ignore a range and send everything.
    var enough: Int?

    var name: String { key.isEmpty ? "the bucket \(bucket)" : S3Location(bucket: bucket, key: key).description }
    var permission: String { key.isEmpty ? "s3:ListBucket" : "s3:GetObject" }

    func request(_ endpoint: S3Endpoint, _ credentials: S3Credentials, region: String, at now: Timestamp) -> HTTPClientRequest {
        let target = endpoint.target(bucket: bucket, key: key, region: region)
        let plain = CanonicalRequest(
            method: method, path: target.path, query: query, headers: [.init(name: "host", value: target.host)] + headers,
            payload: .bytes([]))
        let signed = RequestSigner(credentials: credentials, region: region).signed(plain, at: now)
        let tail = signed.query.isEmpty ? "" : "?" + signed.encodedQuery
        var request = HTTPClientRequest(url: "\(target.scheme)://\(target.host)\(signed.encodedPath)\(tail)")
        request.method = HTTPMethod(rawValue: method)
        for field in signed.headers { request.headers.add(name: field.name, value: field.value) }
        request.headers.add(name: "user-agent", value: "actor-trainer")
        return request
    }
}

/// A 2xx answer of S3.
struct S3Answer: Sendable {
    var status: Int
    var headers: HTTPHeaders
    var body: [UInt8]

    var etag: String { (headers.first(name: "etag") ?? "").filter { $0 != "\"" } }
    var lastModified: Timestamp? { headers.first(name: "last-modified").flatMap(HTTPDate.read) }
}
