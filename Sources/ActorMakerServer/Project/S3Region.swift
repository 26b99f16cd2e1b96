import Training

/// The region that an address of the form `https://BUCKET.s3.REGION.amazonaws.com/KEY` names.
struct S3Region: Hashable {
    let bucket: String
    let region: String

    init?(in address: String) {
        guard address.hasPrefix("https://"), let location = S3Location(parsing: address) else { return nil }
        let front = "https://\(location.bucket).s3."
        guard address.hasPrefix(front) else { return nil }
        let rest = address.dropFirst(front.count).prefix { $0 != "/" }
        guard rest.hasSuffix(".amazonaws.com") else { return nil }
        region = String(rest.dropLast(".amazonaws.com".count))
        bucket = location.bucket
        guard !region.isEmpty, !region.contains(".") else { return nil }
    }
}
