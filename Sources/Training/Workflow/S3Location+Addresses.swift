extension S3Location {
    /// Reads every address form that S3 has: `s3://`, virtual-hosted, path-style, with region (dot or dash), accelerate, dual-stack and
    /// China; also path-style on the accelerate host, which S3 does not serve but real workers report.
    ///
    /// Query and fragment are dropped, so a presigned address loses its secret. Gives nil for any other host: an address that is not
    /// understood must be refused, never passed on.
    public init?(parsing address: String) {
        if address.hasPrefix("s3://") {
            let rest = address.dropFirst(5)
            guard let slash = rest.firstIndex(of: "/") else { return nil }
            self.init(checkingBucket: String(rest[..<slash]), key: String(rest[rest.index(after: slash)...]))
            return
        }
        guard let scheme = ["https://", "http://"].first(where: { address.lowercased().hasPrefix($0) }) else { return nil }
        let rest = address.dropFirst(scheme.count).prefix { $0 != "?" && $0 != "#" }
        guard let slash = rest.firstIndex(of: "/") else { return nil }
        let path = rest[rest.index(after: slash)...]
        guard let host = S3Host(parsing: rest[..<slash].lowercased()), let decoded = PercentCoding.decoded(path) else {
            return nil
        }
        if let bucket = host.bucket {
            self.init(checkingBucket: bucket, key: decoded)
        } else {
            guard let cut = decoded.firstIndex(of: "/") else { return nil }
            self.init(checkingBucket: String(decoded[..<cut]), key: String(decoded[decoded.index(after: cut)...]))
        }
    }

    private init?(checkingBucket bucket: String, key: String) {
        let allowed = bucket.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
                || [0x2D, 0x2E, 0x5F].contains(byte)
        }
        // A bucket's name begins with a letter or a digit, so that `..` is none.
        guard let first = bucket.utf8.first, ![0x2D, 0x2E, 0x5F].contains(first), allowed, !key.isEmpty else { return nil }
        self.init(bucket: bucket, key: key)
    }

    /// The address of the form `https://BUCKET.s3-accelerate.amazonaws.com/KEY`, which the deployed server stores.
    public var acceleratedAddress: String { "https://\(bucket).s3-accelerate.amazonaws.com/\(encodedKey)" }

    /// The virtual-hosted address with the region in it.
    public func regionalAddress(region: String) -> String { "https://\(bucket).s3.\(region).amazonaws.com/\(encodedKey)" }

    private var encodedKey: String { PercentCoding.encoded(key, keepingSlashes: true) }
}

/// A host name of S3, with the bucket in front where the address is virtual-hosted.
struct S3Host: Hashable {
    let bucket: String?

    init?(parsing host: String) {
        let name = host.prefix { $0 != ":" }
        // A port is digits; `:80@elsewhere` is a password, and the host is another one.
        guard host.dropFirst(name.count + 1).utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let suffixes = [".amazonaws.com.cn", ".amazonaws.com"]
        guard let suffix = suffixes.first(where: { name.hasSuffix($0) }) else { return nil }
        let labels = name.dropLast(suffix.count).split(separator: ".", omittingEmptySubsequences: false)
        guard let service = labels.lastIndex(where: S3Host.isService), labels[(service + 1)...].allSatisfy(S3Host.isRegionPart),
            labels.count - service <= 3
        else { return nil }
        let front = labels[..<service].joined(separator: ".")
        bucket = front.isEmpty ? nil : front
    }

    private static func isService(_ label: Substring) -> Bool {
        label == "s3" || label == "s3-accelerate"
            || (label.hasPrefix("s3-") && !label.hasPrefix("s3-website-") && isRegionPart(label.dropFirst(3)))
    }

    private static func isRegionPart(_ label: Substring) -> Bool {
        label == "dualstack" || label.split(separator: "-").count >= 3
    }
}
