import NIOHTTP1
public import Training

/// What S3 says of an object.
public struct S3Object: Hashable, Sendable {
    public var location: S3Location
    public var sizeBytes: Int
    /// Without its quotes; one with a `-N` at its end is of an upload in parts, and no MD5.
    public var etag: String
    public var lastModified: Timestamp?
}

/// Some bytes of an object, and what the answer said of the whole.
public struct S3Piece: Hashable, Sendable {
    public var bytes: [UInt8]
    public var object: S3Object
}

extension S3Client {
    /// The object's size, ETag and time.
    /// - Throws: `S3Error` of code `.noSuchKey` where it is not there.
    public func head(_ location: S3Location) async throws(S3Error) -> S3Object {
        let answer: S3Answer
        do {
            answer = try await send(S3Call(method: "HEAD", bucket: location.bucket, key: location.key))
        } catch {
            throw await reason(of: error, for: location)
        }
        guard let size = answer.headers.first(name: "content-length").flatMap(Int.init), size >= 0 else {
            throw S3Error(.invalidAnswer, "S3 does not say how large \(location) is")
        }
        return S3Object(location: location, sizeBytes: size, etag: answer.etag, lastModified: answer.lastModified)
    }

    /// A HEAD that fails has no body that says why; the same question as a GET has one.
    private func reason(of error: S3Error, for location: S3Location) async -> S3Error {
        guard [.forbidden, .invalidAnswer, .wrongRegion, .noSuchKey].contains(error.code) else { return error }
        do {
            _ = try await read(location, 0..<1)
            return error
        } catch let better {
            return better.code == .outOfRange ? error : better
        }
    }

    /// Some bytes of the object; fewer where it ends before.
    /// - Parameters:
    ///   - range: at most 16 MiB at once.
    ///   - etag: the object must still be this one.
    /// - Throws: `S3Error`; `.outOfRange` where the object ends before the range begins, so also for an empty object.
    public func read(_ location: S3Location, _ range: Range<Int>, matching etag: String? = nil) async throws(S3Error) -> S3Piece {
        guard range.lowerBound >= 0, !range.isEmpty, range.count <= 16 << 20 else {
            throw S3Error(.outOfRange, "a part of \(location) of \(range.count) bytes cannot be asked for")
        }
        var call = S3Call(bucket: location.bucket, key: location.key)
        call.headers.append(.init(name: "range", value: "bytes=\(range.lowerBound)-\(range.upperBound - 1)"))
        if let etag { call.headers.append(.init(name: "if-match", value: "\"\(etag)\"")) }
        call.enough = range.upperBound
        call.bodyLimit = range.upperBound
        let answer = try await send(call)
        let (bytes, size) = try part(of: answer, range, location)
        return S3Piece(
            bytes: bytes,
            object: S3Object(location: location, sizeBytes: size, etag: answer.etag, lastModified: answer.lastModified))
    }

    /// The bytes asked for, out of a 206 or, from a server that ignores ranges, out of a 200.
    private func part(of answer: S3Answer, _ range: Range<Int>, _ location: S3Location) throws(S3Error) -> ([UInt8], Int) {
        guard answer.status == 206 else {
            guard let size = answer.headers.first(name: "content-length").flatMap(Int.init) else {
                throw S3Error(.invalidAnswer, "S3 does not say how large \(location) is")
            }
            guard range.lowerBound < size else { throw S3Error(.outOfRange, "\(location) ends before byte \(range.lowerBound)") }
            return (Array(answer.body.dropFirst(range.lowerBound)), size)
        }
        // `bytes 0-7/700`
        let words = (answer.headers.first(name: "content-range") ?? "").split { $0 == " " || $0 == "-" || $0 == "/" }
        guard words.count == 4, words[0] == "bytes", Int(words[1]) == range.lowerBound, let last = Int(words[2]),
            let size = Int(words[3]), last == min(range.upperBound, size) - 1
        else { throw S3Error(.invalidAnswer, "S3 answered with another part of \(location) than was asked for") }
        guard answer.body.count == last - range.lowerBound + 1 else {
            throw S3Error(.corrupted, "the answer for \(location) was cut off; try again")
        }
        return (answer.body, size)
    }
}
