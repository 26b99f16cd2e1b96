public import Training

/// The way on which RunPod's webhook reaches us: a tunnel, a fixed public address, a simulator on this machine, or none.
public protocol WebhookRoute: Sendable {
    /// Brings the way up where it is down, and tells how it stands. Asked for before each submission.
    func ensure() async -> RouteState
    /// The address that RunPod shall call for one request; it holds a secret and must not be kept or shown.
    /// Nil where there is no way: then polling alone tells the end.
    func address(for request: RequestID) async -> String?
}

/// How the webhook's way stands; each reason is a sentence for the operator.
public enum RouteState: Hashable, Sendable {
    /// `address` is the public base, without any secret.
    case up(address: String, detail: String)
    case down(String)
    /// None was wanted: trainings run on polling alone.
    case none(String)
}

/// A message that came in on the webhook, already bound to its request by the token in its path.
public struct WebhookDelivery: Hashable, Sendable {
    public var request: RequestID
    public var news: WebhookNews
    public init(request: RequestID, news: WebhookNews) {
        self.request = request
        self.news = news
    }
}

/// Takes in deliveries.
public protocol WebhookReceiver: Sendable {
    /// Records the delivery before it is answered.
    /// - Returns: false where it could not be recorded, so that RunPod shall try again.
    func receive(_ delivery: WebhookDelivery) async -> Bool
}
