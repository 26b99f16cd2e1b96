import Training

extension S3Complaint {
    /// What an error is about, for its sentence.
    struct Subject {
        /// `s3://bucket/key`, or `the bucket NAME`.
        var name: String
        var bucket: String
        /// The permission that the call needs: `s3:GetObject`.
        var permission: String
        /// The region that was signed for.
        var region: String
        var now: Timestamp
    }

    func error(about subject: Subject) -> S3Error {
        switch code ?? "" {
        case "NoSuchBucket": return noBucket(subject)
        case "NoSuchKey": return S3Error(.noSuchKey, "\(subject.name) is not there")
        case "SignatureDoesNotMatch":
            return S3Error(
                .badCredentials, "S3 refuses the signature: AWS_ACCESS_SECRET is not the secret of AWS_ACCESS_KEY; copy both anew"
            )
        case "InvalidAccessKeyId", "InvalidClientTokenId":
            return S3Error(
                .badCredentials, "S3 does not know this access key; check AWS_ACCESS_KEY, or make a new key in AWS IAM")
        case "ExpiredToken", "InvalidToken", "TokenRefreshRequired":
            return S3Error(
                .badCredentials, "the temporary AWS credentials have expired or are not whole; fetch new ones (AWS_SESSION_TOKEN)"
            )
        case "RequestTimeTooSkewed": return clock(subject)
        case "PreconditionFailed": return changed(subject)
        case "InvalidRange": return S3Error(.outOfRange, "\(subject.name) ends before the part that was asked for")
        default: return isAboutRegion ? wrongRegion(subject) : byStatus(subject)
        }
    }

    private func byStatus(_ subject: Subject) -> S3Error {
        switch status {
        case 401, 403: return forbidden(subject)
        case 404:
            // S3 always says which of key and bucket is missing, except to HEAD, whose question is put again as a GET.
            guard code == nil else { return S3Error(.noSuchKey, "\(subject.name) is not there") }
            return S3Error(
                .invalidAnswer,
                "the answer for \(subject.name) is a 404 without S3's words: is an S3 server there? Check AWS_ENDPOINT_URL_S3")
        case 412: return changed(subject)
        case 416: return S3Error(.outOfRange, "\(subject.name) ends before the part that was asked for")
        default:
            if isPassing {
                let words = code.map { " (\(OneLine.text($0, limit: 40)))" } ?? ""
                return S3Error(.busy, "S3 answered \(status)\(words) to every try for \(subject.name); try again in some minutes")
            }
            let words = [code, message].compactMap(\.self).map { OneLine.text($0, limit: 200) }.joined(separator: ": ")
            let reason = words.isEmpty ? "without a reason" : "with “\(words)”"
            return S3Error(.invalidAnswer, "S3 answered \(status) for \(subject.name) \(reason)")
        }
    }

    private func noBucket(_ subject: Subject) -> S3Error {
        S3Error(.noSuchBucket, "there is no bucket \(subject.bucket); check its name, and AWS_ENDPOINT_URL_S3 where it is set")
    }

    private func forbidden(_ subject: Subject) -> S3Error {
        // Without s3:ListBucket a missing object is answered like a forbidden one.
        let missing = subject.permission == "s3:GetObject" ? " (without s3:ListBucket, a missing object looks forbidden too)" : ""
        return S3Error(
            .forbidden,
            "S3 forbids \(subject.name): allow \(subject.permission) on the bucket \(subject.bucket) in the policy of this access key\(missing)"
        )
    }

    private func changed(_ subject: Subject) -> S3Error {
        S3Error(.changed, "\(subject.name) was replaced while it was read; look at it again")
    }

    private func clock(_ subject: Subject) -> S3Error {
        guard let date else {
            return S3Error(.clock, "this computer's clock is more than 15 minutes off S3's; set it (timedatectl set-ntp true)")
        }
        let off = subject.now - date
        let minutes = abs(off.wholeMinutes)
        let side = off.milliseconds > 0 ? "ahead of" : "behind"
        return S3Error(
            .clock,
            "this computer's clock is \(minutes) minutes \(side) S3's, and 15 are allowed; set it (timedatectl set-ntp true)")
    }

    private func wrongRegion(_ subject: Subject) -> S3Error {
        guard let region, region != subject.region else {
            return S3Error(
                .wrongRegion, "the bucket \(subject.bucket) is not in the region \(subject.region); set AWS_REGION to its own")
        }
        return S3Error(
            .wrongRegion,
            "the bucket \(subject.bucket) is in the region \(region), not \(subject.region); set AWS_REGION=\(region)")
    }
}

/// Words from outside as part of a sentence: one line without control characters, cut with an ellipsis.
enum OneLine {
    static func text(_ text: String, limit: Int) -> String {
        let words = text.unicodeScalars.prefix(limit * 16).split { $0.value <= 0x20 || (0x7F...0xA0).contains($0.value) }
        let line = words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
        return line.count <= limit ? line : line.prefix(limit) + "…"
    }
}
