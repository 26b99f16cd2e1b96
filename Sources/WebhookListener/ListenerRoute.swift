public import Training
public import TrainingPorts

/// The way to our own listener: a base address, however it came about, and each request's secret path behind it.
public actor ListenerRoute: WebhookRoute {
    private let key: WebhookKey
    private let way: @Sendable () async -> RouteState
    private var base: String?

    /// - Parameter way: brings the way up and tells its public base: a tunnel, a fixed address, or this machine itself.
    public init(key: WebhookKey, way: @escaping @Sendable () async -> RouteState) {
        self.key = key
        self.way = way
    }

    /// The way to a listener that RunPod's simulator on this machine reaches without any tunnel.
    public static func loopback(port: Int) -> RouteState {
        .up(address: "http://127.0.0.1:\(port)", detail: "straight to port \(port) of this machine")
    }

    public func ensure() async -> RouteState {
        let state = await way()
        if case .up(let address, _) = state {
            base = address.hasSuffix("/") ? String(address.dropLast()) : address
        } else {
            base = nil
        }
        return state
    }

    public func address(for request: RequestID) async -> String? { base.map { "\($0)/hook/\(key.token(for: request))" } }
}
