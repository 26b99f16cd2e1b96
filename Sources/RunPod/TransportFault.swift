import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix

/// Why an exchange failed below HTTP, in words for the operator.
enum TransportFault {
    static func sentence(_ error: any Error, host: String, limit: Duration) -> String {
        switch error {
        case is DeadlinePassed: "\(host) did not answer in full within \(Int(limit.inSeconds.rounded(.up))) s"
        case is CancellationError: "the call to \(host) was cancelled"
        case is NIOTooManyBytesError: "\(host) answered with more than can be an answer"
        case let error as HTTPClientError where error == .connectTimeout: "\(host) cannot be reached: no connection in time"
        case let error as HTTPClientError where error == .remoteConnectionClosed:
            "\(host) closed the connection before its answer ended"
        case let error as HTTPClientError where error == .tlsHandshakeTimeout:
            "\(host) can be reached, but no secure connection came about in time"
        case let error as NIOConnectionError where error.dnsAError != nil || error.dnsAAAAError != nil:
            "the address of \(host) cannot be found; is this machine online?"
        case is NIOConnectionError: "\(host) cannot be reached: the connection was refused"
        case let error as IOError: "the connection to \(host) failed: \(String(cString: strerror(error.errnoCode)))"
        default: "the exchange with \(host) failed: \(Sentence.oneLine("\(error)", limit: 120))"
        }
    }
}
