import Foundation
import Training

/// Where S3 answers: Amazon's own hosts in their forms, or a server of somebody else's.
///
/// The forms are those that botocore 1.43.11 asks for. A bucket whose name is no single DNS label (a dot, an underscore, a capital) is
/// asked for in the path, for no certificate would fit its host; such a bucket cannot be accelerated either.
public struct S3Endpoint: Hashable, Sendable {
    /// Whether the bucket stands in the host's name or in the path.
    public enum Addressing: Hashable, Sendable {
        /// The bucket in the host: `BUCKET.s3.REGION.amazonaws.com`.
        case virtualHosted
        /// The bucket at the front of the path: `s3.REGION.amazonaws.com/BUCKET`.
        case path
    }

    /// What requests are signed for until the bucket's own region is known, such as `eu-central-1`.
    public let region: String
    public let addressing: Addressing
    /// By Amazon's edge, at `BUCKET.s3-accelerate.amazonaws.com`; the bucket must allow it.
    public let accelerates: Bool
    /// Over IPv6 too.
    public let dualStack: Bool
    /// Somebody else's server; nil is Amazon.
    let own: Own?

    struct Own: Hashable, Sendable {
        var scheme: String
        /// With its port where it is not the scheme's.
        var host: String
        /// A path before the bucket, without a slash at its end; mostly empty.
        var path: String
    }

    public init(
        region: String = "us-east-1", addressing: Addressing = .virtualHosted, accelerates: Bool = false, dualStack: Bool = false
    ) {
        self.region = region
        self.addressing = addressing
        self.accelerates = accelerates
        self.dualStack = dualStack
        own = nil
    }

    /// A server of one's own, such as MinIO or RunPod's door to its volumes; `AWS_ENDPOINT_URL_S3`.
    /// - Returns: nil for what is no address of a server: another scheme, a user, a query.
    public init?(address: String, region: String = "us-east-1", addressing: Addressing = .path) {
        guard let url = URLComponents(string: address), let scheme = url.scheme?.lowercased(),
            let host = url.percentEncodedHost?.lowercased(), ["http", "https"].contains(scheme), !host.isEmpty, url.user == nil,
            url.query == nil, url.fragment == nil
        else { return nil }
        let usual = scheme == "https" ? 443 : 80
        let port = url.port.flatMap { $0 == usual ? nil : ":\($0)" } ?? ""
        var path = url.path
        while path.hasSuffix("/") { path.removeLast() }
        self.region = region
        self.addressing = addressing
        accelerates = false
        dualStack = false
        own = Own(scheme: scheme, host: host + port, path: path)
    }
}

/// Where one request goes.
struct S3Target: Hashable, Sendable {
    var scheme: String
    var host: String
    /// Not yet encoded.
    var path: String
}

extension S3Endpoint {
    /// - Parameters:
    ///   - key: an empty one is the bucket itself.
    ///   - region: the bucket's own where it is known.
    func target(bucket: String, key: String, region: String) -> S3Target {
        let fits = S3Endpoint.isLabel(bucket)
        let inPath = key.isEmpty ? "/\(bucket)" : "/\(bucket)/\(key)"
        if let own {
            guard addressing == .virtualHosted, fits else {
                return S3Target(scheme: own.scheme, host: own.host, path: own.path + inPath)
            }
            return S3Target(scheme: own.scheme, host: "\(bucket).\(own.host)", path: "\(own.path)/\(key)")
        }
        let domain = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
        if accelerates, fits {
            let host = "\(bucket).s3-accelerate.\(dualStack ? "dualstack." : "")\(domain)"
            return S3Target(scheme: "https", host: host, path: "/\(key)")
        }
        let host = "s3.\(dualStack ? "dualstack." : "")\(region).\(domain)"
        guard addressing == .virtualHosted, fits else {
            return S3Target(scheme: "https", host: host, path: inPath)
        }
        return S3Target(scheme: "https", host: "\(bucket).\(host)", path: "/\(key)")
    }

    /// Whether a bucket's name can be the first label of a host.
    private static func isLabel(_ bucket: String) -> Bool {
        let bytes = bucket.utf8
        return (3...63).contains(bytes.count) && bytes.first != 0x2D && bytes.last != 0x2D
            && bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }
}
