import Foundation
import HTTPTestSupport
import HTTPTypes
import Testing
import TrainingPorts
import TrainingTestSupport

@testable import Tunnel

@Suite("The way from outside")
struct TunnelRouteTests {
    private static let port = 8765

    /// Answers a nonce as our listener would.
    @Sendable private static func listener(_ path: String) -> FakeServer.Answer? {
        guard path.hasPrefix("/nonce/") else { return nil }
        return FakeServer.Answer(body: "ours:" + path.dropFirst("/nonce/".count))
    }

    private static func route(_ way: TunnelWay) -> TunnelRoute {
        TunnelRoute(way: way, port: port, random: SeededRandom(seed: 1), patience: .init(start: .seconds(10))) { "ours:" + $0 }
    }

    private static func ensure(_ way: TunnelWay) async -> RouteState {
        let route = route(way)
        let state = await route.ensure()
        await route.shutdown()
        return state
    }

    private static func reason(_ state: RouteState?) -> String {
        if case .down(let reason) = state { reason } else { "not down: \(String(describing: state))" }
    }

    @Test("is none where none is wanted")
    func none() async {
        #expect(await TunnelRouteTests.ensure(.none("polling alone")) == .none("polling alone"))
    }

    @Test("is up when our own listener answers at the fixed address")
    func fixed() async throws {
        try await FakeServer.with(TunnelRouteTests.listener) { server in
            let state = await TunnelRouteTests.ensure(.fixed(server.base + "/"))
            #expect(state == .up(address: server.base, detail: "fixed address"))
        }
    }

    @Test("is down when something else answers there, or nobody")
    func stranger() async throws {
        let strangers: [@Sendable (String) -> FakeServer.Answer?] = [
            { _ in nil }, { _ in FakeServer.Answer(body: "<html>Vite</html>") },
            { _ in FakeServer.Answer(status: 302, headers: [.location: "https://example.org"]) },
            { _ in FakeServer.Answer(body: String(repeating: "x", count: 100_000)) },
        ]
        for stranger in strangers {
            let state = try await FakeServer.with(stranger) { await TunnelRouteTests.ensure(.fixed($0.base)) }
            #expect(TunnelRouteTests.reason(state).contains("not our webhook listener"))
        }
        let gone = try await FakeServer.with(TunnelRouteTests.listener) { $0.base }
        let state = await TunnelRouteTests.ensure(.fixed(gone ?? ""))
        #expect(TunnelRouteTests.reason(state).contains("does not answer from outside"))
        #expect(TunnelRouteTests.reason(await TunnelRouteTests.ensure(.fixed("http://example.org"))).contains("https://"))
    }

    @Test("says in words what ngrok's edge answers in numbers")
    func ngrokEdge() async throws {
        let state = try await FakeServer.with({ _ in
            FakeServer.Answer(status: 404, body: "The endpoint x.ngrok.app is offline.\n\nERR_NGROK_3200")
        }) { await TunnelRouteTests.ensure(.fixed($0.base)) }
        #expect(TunnelRouteTests.reason(state).contains("offline"))
    }

    @Test("is down, with what to do, where no agent has a tunnel to our port and none may be started")
    func noAgent() async throws {
        let gone = try await FakeServer.with({ _ in nil }) { $0.base } ?? ""
        let state = await TunnelRouteTests.ensure(.ngrok(NgrokSettings(api: gone, program: nil)))
        #expect(TunnelRouteTests.reason(state).contains("no ngrok agent answers"))
        let body = #"{"tunnels":[{"public_url":"https://stranger.ngrok.app","config":{"addr":"http://localhost:3000"}}]}"#
        let other = try await FakeServer.with({ $0 == "/api/tunnels" ? FakeServer.Answer(body: body) : nil }) {
            await TunnelRouteTests.ensure(.ngrok(NgrokSettings(api: $0.base, program: nil)))
        }
        #expect(TunnelRouteTests.reason(other).contains("has no tunnel to port 8765"))
        let garbage = try await FakeServer.with({ _ in FakeServer.Answer(body: "hello") }) {
            await TunnelRouteTests.ensure(.ngrok(NgrokSettings(api: $0.base, program: nil)))
        }
        #expect(TunnelRouteTests.reason(garbage).contains("not as an ngrok agent does"))
    }

    @Test("takes the tunnel of an agent that runs already, and tests it before it is believed")
    func adopted() async throws {
        let body = #"{"endpoints":[{"url":"https://127.0.0.1:1","upstream":{"url":"http://localhost:8765"}}]}"#
        let state = try await FakeServer.with({ path in
            switch path {
            case "/api/tunnels": FakeServer.Answer(body: #"{"tunnels":[]}"#)
            case "/api/endpoints": FakeServer.Answer(body: body)
            default: nil
            }
        }) { await TunnelRouteTests.ensure(.ngrok(NgrokSettings(api: $0.base, program: nil))) }
        #expect(
            TunnelRouteTests.reason(state)
                == "https://127.0.0.1:1 does not answer from outside; RunPod could not reach us there either")
    }
}
