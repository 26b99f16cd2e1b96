import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix

/// Why an exchange came to nothing.
struct ConnectionFault: Error, CustomStringConvertible {
    /// Nothing of the request left this machine: there never was a connection.
    let nothingWasSent: Bool
    let cause: any Error

    init(_ cause: any Error) {
        self.cause = cause
        nothingWasSent =
            switch cause {
            case is NIOConnectionError: true
            // A numeric address is connected to without NIO's wrapping; only `connect` is ever refused.
            case let error as IOError: error.errnoCode == ECONNREFUSED
            case let error as HTTPClientError: ConnectionFault.precedesSending(error)
            default: false
            }
    }

    /// Only what is known to come before the first byte; everything else may have arrived.
    private static func precedesSending(_ error: HTTPClientError) -> Bool {
        error == .connectTimeout || error == .getConnectionFromPoolTimeout || error == .invalidURL || error == .emptyHost
    }

    var description: String {
        ConnectionFault.words(for: cause)
    }

    private static func words(for cause: any Error) -> String {
        switch cause {
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { words(for: $0.error) } ?? "no address for \(error.host)"
        // NIO's own description is for its authors: “connection reset (error set): Connection refused) (errno: 111)”.
        case let error as IOError: String(cString: strerror(error.errnoCode))
        case let error as HTTPClientError: error.shortDescription
        case is NIOTooManyBytesError: "the answer is too large"
        default: "\(cause)"
        }
    }
}
