import Crypto
import Training
import TrainingPorts

/// Signature Version 4: pure, the time is a parameter.
struct RequestSigner: Sendable {
    static let algorithm = "AWS4-HMAC-SHA256"
    /// How long a presigned address may live, in seconds: a week.
    static let expiryRange = 1...604_800

    let credentials: S3Credentials
    let region: String
    var service = "s3"

    private func scope(_ time: SigningTime) -> String { "\(time.day)/\(region)/\(service)/aws4_request" }

    func stringToSign(_ request: CanonicalRequest, at time: SigningTime) -> String {
        let digest = SHA256.hash(data: Array(request.text.utf8)).hexadecimal
        return [RequestSigner.algorithm, time.stamp, scope(time), digest].joined(separator: "\n")
    }

    func signature(of request: CanonicalRequest, at time: SigningTime) -> String {
        var key = SymmetricKey(data: Array("AWS4\(credentials.secret.revealed())".utf8))
        for part in [time.day, region, service, "aws4_request"] {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
        }
        let text = Array(stringToSign(request, at: time).utf8)
        return HMAC<SHA256>.authenticationCode(for: text, using: key).hexadecimal
    }

    /// The value of the header `Authorization`.
    func authorization(of request: CanonicalRequest, at time: SigningTime) -> String {
        "\(RequestSigner.algorithm) Credential=\(credentials.accessKey)/\(scope(time)), SignedHeaders=\(request.signedHeaders), "
            + "Signature=\(signature(of: request, at: time))"
    }

    /// The request with all headers that S3 asks for, signed: `x-amz-date`, `x-amz-content-sha256`, a session token's, `Authorization`.
    func signed(_ request: CanonicalRequest, at moment: Timestamp) -> CanonicalRequest {
        let time = SigningTime(moment)
        var signed = request
        signed.headers.append(.init(name: "x-amz-content-sha256", value: request.payload.hash))
        signed.headers.append(.init(name: "x-amz-date", value: time.stamp))
        if let token = credentials.sessionToken {
            signed.headers.append(.init(name: "x-amz-security-token", value: token.revealed()))
        }
        let authorization = authorization(of: signed, at: time)
        signed.headers.append(.init(name: "authorization", value: authorization))
        return signed
    }

    /// The query of a presigned address: only `host` is signed, so that whoever uses it may add a range.
    /// - Parameter expiry: in seconds; brought into `expiryRange`.
    func presignedQuery(_ request: CanonicalRequest, at moment: Timestamp, expiry: Int) -> String {
        let time = SigningTime(moment)
        let range = RequestSigner.expiryRange
        let seconds = min(max(expiry, range.lowerBound), range.upperBound)
        var presigned = request
        presigned.payload = .unsigned
        presigned.query += [
            .init(name: "X-Amz-Algorithm", value: RequestSigner.algorithm),
            .init(name: "X-Amz-Credential", value: "\(credentials.accessKey)/\(scope(time))"),
            .init(name: "X-Amz-Date", value: time.stamp),
            .init(name: "X-Amz-Expires", value: String(seconds)),
            .init(name: "X-Amz-SignedHeaders", value: presigned.signedHeaders),
        ]
        if let token = credentials.sessionToken {
            presigned.query.append(.init(name: "X-Amz-Security-Token", value: token.revealed()))
        }
        return presigned.encodedQuery + "&X-Amz-Signature=" + signature(of: presigned, at: time)
    }
}
