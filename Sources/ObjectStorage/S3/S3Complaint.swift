import NIOHTTP1
import Training

/// What an answer other than 2xx says: its number, S3's own code where it has a body, and the headers that explain.
struct S3Complaint: Hashable, Sendable {
    var status: Int
    var code: String?
    var message: String?
    /// The bucket's region, from the header or the body.
    var region: String?
    /// S3's clock.
    var date: Timestamp?

    init(status: Int, headers: HTTPHeaders, body: [UInt8]) {
        self.status = status
        date = headers.first(name: "date").flatMap(HTTPDate.read)
        region = headers.first(name: "x-amz-bucket-region")
        guard let error = try? XMLParser.parse(body), error.name == "Error" else { return }
        code = error["Code"]?.text
        message = error["Message"]?.text
        region = region ?? error["Region"]?.text
        if region == nil, code == "AuthorizationHeaderMalformed" { region = message.flatMap(S3Complaint.expectedRegion) }
        // A name of a region becomes part of a host.
        if let found = region, found.isEmpty || !found.utf8.allSatisfy(S3Complaint.isRegionByte) { region = nil }
    }

    private static func isRegionByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
    }

    /// `…; the region 'us-east-1' is wrong; expecting 'eu-west-1'`.
    private static func expectedRegion(_ message: String) -> String? {
        guard let mark = message.firstRange(of: "expecting '") else { return nil }
        return String(message[mark.upperBound...].prefix { $0 != "'" })
    }

    /// Whether the request may have been right and gone to the wrong region; a 403 names the region too, and only tells it.
    var isAboutRegion: Bool {
        status == 301 || status == 307 || code == "AuthorizationHeaderMalformed" || code == "PermanentRedirect"
            || (status == 400 && code == nil && region != nil)
    }

    /// Whether the same request may go through a little later.
    var isPassing: Bool {
        [429, 500, 502, 503, 504].contains(status) || code == "SlowDown" || code == "RequestTimeout" || code == "InternalError"
    }
}

/// The dates of HTTP headers: `Wed, 21 Oct 2015 07:28:00 GMT`.
enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func read(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let month = months.firstIndex(of: String(parts[2])) else { return nil }
        return Timestamp(parsing: "\(parts[3])-\(month < 9 ? "0" : "")\(month + 1)-\(parts[1])T\(parts[4])Z")
    }
}
