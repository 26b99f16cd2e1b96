import Synchronization
import Testing
import Training
import TrainingPorts

@testable import WebhookListener

@Suite("The way to the listener")
struct ListenerRouteTests {
    private let request = RequestID(rawValue: "actor_0019_1_2")

    @Test("gives addresses while it is up, and none while it is not")
    func addresses() async throws {
        let state = Mutex(RouteState.up(address: "https://x.ngrok.app/base/", detail: ""))
        let key = try #require(WebhookKey(bytes: Array(0..<32)))
        let route = ListenerRoute(key: key) { state.withLock { $0 } }
        #expect(await route.address(for: request) == nil)
        _ = await route.ensure()
        #expect(await route.address(for: request) == "https://x.ngrok.app/base/hook/\(key.token(for: request))")
        state.withLock { $0 = .down("the tunnel is down") }
        #expect(await route.ensure() == .down("the tunnel is down"))
        #expect(await route.address(for: request) == nil)
        state.withLock { $0 = .none("polling alone") }
        #expect(await route.ensure() == .none("polling alone"))
        #expect(await route.address(for: request) == nil)
    }

    @Test("goes straight to a simulator on this machine")
    func loopback() {
        #expect(
            ListenerRoute.loopback(port: 4711)
                == .up(address: "http://127.0.0.1:4711", detail: "straight to port 4711 of this machine"))
    }
}
