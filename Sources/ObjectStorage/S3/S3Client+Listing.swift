import Training

/// A part of a bucket's list, in the order of the keys' bytes.
public struct S3Listing: Hashable, Sendable {
    public var objects: [S3Object] = []
    /// What begins alike up to the delimiter, like folders: `a/models/`.
    public var prefixes: [String] = []
    /// True where there is more than `limit`.
    public var isCut = false
}

extension S3Client {
    /// The objects of a bucket, page after page.
    /// - Parameters:
    ///   - prefix: as the keys' bytes are; empty for all.
    ///   - delimiter: `/` for one folder alone; nil for everything below it too.
    ///   - limit: how many objects and prefixes at most.
    ///   - pageSize: 1 to 1000; S3's own is 1000.
    public func list(
        _ bucket: String, prefix: String = "", delimiter: String? = nil, limit: Int = 10_000, pageSize: Int = 1000
    ) async throws(S3Error) -> S3Listing {
        var listing = S3Listing()
        var token: String?
        var seen: Set<String> = []
        repeat {
            var call = S3Call(bucket: bucket, bodyLimit: 8 << 20)
            // XML cannot hold every key, so they are asked for encoded.
            call.query = [
                .init(name: "list-type", value: "2"), .init(name: "encoding-type", value: "url"),
                .init(name: "max-keys", value: String(pageSize)),
            ]
            if !prefix.isEmpty { call.query.append(.init(name: "prefix", value: prefix)) }
            if let delimiter { call.query.append(.init(name: "delimiter", value: delimiter)) }
            if let token { call.query.append(.init(name: "continuation-token", value: token)) }
            let page = try ListPage(try await send(call).body, bucket: bucket)
            listing.objects += page.objects
            listing.prefixes += page.prefixes
            token = page.next
            // RunPod's own door has been seen to repeat a token; without this it would never end.
            if let token, !seen.insert(token).inserted {
                throw S3Error(.invalidAnswer, "the list of the bucket \(bucket) repeats itself; ask for a smaller part of it")
            }
        } while token != nil && listing.objects.count + listing.prefixes.count < limit
        listing.isCut = token != nil || listing.objects.count + listing.prefixes.count > limit
        listing.objects = Array(listing.objects.prefix(limit))
        listing.prefixes = Array(listing.prefixes.prefix(limit))
        return listing
    }
}

/// One page of `ListObjectsV2`.
struct ListPage: Hashable, Sendable {
    var objects: [S3Object]
    var prefixes: [String]
    /// The token for the next page; nil on the last.
    var next: String?

    init(_ body: [UInt8], bucket: String) throws(S3Error) {
        let root: XMLElement
        do { root = try XMLParser.parse(body) } catch {
            throw S3Error(.invalidAnswer, "the list of the bucket \(bucket) is \(error)", cause: error)
        }
        guard root.name == "ListBucketResult" else {
            throw S3Error(.invalidAnswer, "the list of the bucket \(bucket) came as <\(OneLine.text(root.name, limit: 40))>")
        }
        let isEncoded = root["EncodingType"]?.text == "url"
        func plain(_ text: String?) -> String? {
            guard let text, isEncoded else { return text }
            return PercentCoding.decoded(text, plusIsSpace: true)
        }
        let objects = root.all("Contents").compactMap { entry -> S3Object? in
            guard let key = plain(entry["Key"]?.text), let size = entry["Size"].flatMap({ Int($0.text) }) else { return nil }
            return S3Object(
                location: S3Location(bucket: bucket, key: key), sizeBytes: size,
                etag: (entry["ETag"]?.text ?? "").filter { $0 != "\"" },
                lastModified: entry["LastModified"].flatMap { Timestamp(parsing: $0.text) })
        }
        let prefixes = root.all("CommonPrefixes").compactMap { plain($0["Prefix"]?.text) }
        guard objects.count == root.all("Contents").count, prefixes.count == root.all("CommonPrefixes").count else {
            throw S3Error(.invalidAnswer, "the list of the bucket \(bucket) holds an entry that cannot be read")
        }
        self.objects = objects
        self.prefixes = prefixes
        next = root["IsTruncated"]?.text == "true" ? root["NextContinuationToken"]?.text : nil
    }
}
