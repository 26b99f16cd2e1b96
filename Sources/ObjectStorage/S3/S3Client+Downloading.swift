import AsyncHTTPClient
import Crypto
import Foundation
import NIOCore
import NIOHTTP1
public import Training
import TrainingPorts

extension S3Client {
    /// Downloads an object to a file: to a file beside it first, which gets the name when all of it is there and right.
    /// - Parameters:
    ///   - path: must not be there yet; nothing is written over.
    ///   - skipped: how many bytes at the front are not part of the hash.
    ///   - sha256: in hexadecimal, over what follows; nil checks the length alone.
    /// - Throws: `S3Error`; `.corrupted` where length or hash are not what they should be, and then no file is left.
    public func download(
        _ location: S3Location, to path: String, hashFrom skipped: Int = 0, sha256: String? = nil
    ) async throws(S3Error) -> S3Object {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw S3Error(.notWritable, "\(path) is there already; remove it or choose another name")
        }
        let object = try await head(location)
        let part = "\(path).\(String(random.next(), radix: 36)).part"
        do {
            let digest = try await write(object, to: part, hashFrom: skipped)
            if let sha256, digest != sha256.lowercased() {
                throw S3Error(
                    .corrupted, "\(location) came with another hash than its own (\(sha256.prefix(8))…); download it again")
            }
            try FileManager.default.moveItem(atPath: part, toPath: path)
            return object
        } catch {
            // Half a file has no use, and may not be there at all.
            try? FileManager.default.removeItem(atPath: part)
            if let error = error as? S3Error { throw error }
            throw error is CocoaError
                ? S3Error(.notWritable, "\(path) cannot be written: \(error.localizedDescription)", cause: error)
                : transportFault(error)
        }
    }

    /// - Returns: the SHA-256 of what follows the skipped bytes.
    private func write(_ object: S3Object, to path: String, hashFrom skipped: Int) async throws -> String {
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else { throw S3Error(.notWritable, "\(path) cannot be written") }
        defer { try? file.close() }
        var call = S3Call(bucket: object.location.bucket, key: object.location.key)
        call.headers.append(.init(name: "if-match", value: "\"\(object.etag)\""))
        let region = region(of: call.bucket)
        let response = try await http.execute(
            call.request(endpoint, credentials, region: region, at: now()), deadline: .distantFuture)
        guard response.status == .ok else {
            let body = Array(try await response.body.collect(upTo: 1 << 16).readableBytesView)
            let complaint = S3Complaint(status: Int(response.status.code), headers: response.headers, body: body)
            throw hidden(complaint.error(about: subject(of: call, region: region)))
        }
        var digest = SHA256()
        var written = 0
        for try await piece in response.body {
            let bytes = Array(piece.readableBytesView)
            try file.write(contentsOf: bytes)
            digest.update(data: bytes.dropFirst(max(0, skipped - written)))
            written += bytes.count
        }
        guard written == object.sizeBytes else {
            throw S3Error(.corrupted, "\(object.location) ended after \(written) of \(object.sizeBytes) bytes; download it again")
        }
        try file.synchronize()
        return digest.finalize().hexadecimal
    }
}
