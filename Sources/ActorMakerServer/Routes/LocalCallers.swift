import HTTPTypes
import Hummingbird
import JSONText
import Logging

/// Lets in only what a program or a page of this machine asks for. The server has no password; without this, any web page could write
/// through the browser, and one whose name is made to mean 127.0.0.1 could read as well.
struct LocalCallers: RouterMiddleware {
    func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        guard let host = request.head.authority, LocalCallers.isLocal(host[...]) else {
            throw Refusal(.forbidden, "This server answers only to localhost.")
        }
        if request.method != .get, let origin = request.headers[.origin], !LocalCallers.isLocalOrigin(origin) {
            throw Refusal(.forbidden, "Pages of other sites may not write here.")
        }
        return try await next(request, context)
    }

    /// `localhost`, `127.0.0.1` or `[::1]`, with any port.
    static func isLocal(_ authority: Substring) -> Bool {
        let name: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return false }
            name = authority[...end]
        } else {
            name = authority.prefix { $0 != ":" }
        }
        let port = authority.dropFirst(name.count)
        guard port.isEmpty || (port.first == ":" && port.dropFirst().allSatisfy { $0.isASCII && $0.isWholeNumber }) else {
            return false
        }
        return ["localhost", "127.0.0.1", "[::1]"].contains(name.lowercased())
    }

    private static func isLocalOrigin(_ origin: String) -> Bool {
        guard let scheme = ["http://", "https://"].first(where: origin.hasPrefix) else { return false }
        return isLocal(origin.dropFirst(scheme.count))
    }
}

/// Makes every fault an answer in JSON: `{error, details}`.
struct FaultsAsJSON: RouterMiddleware {
    let logger: Logger

    func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let refusal as Refusal {
            return .json(refusal.body, status: refusal.status)
        } catch let error as HTTPError {
            let sentence = error.status == .notFound ? "There is no call \(request.method) \(request.uri.path)." : nil
            return .json(["error": .string(sentence ?? error.body ?? error.status.reasonPhrase)], status: error.status)
        } catch {
            logger.error("a call failed", metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
            return .json(["error": "The call failed", "details": .string("\(error)")], status: .internalServerError)
        }
    }
}
