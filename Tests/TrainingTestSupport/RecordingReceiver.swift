import Synchronization
public import TrainingPorts

/// Keeps the deliveries that it was given; can be told that the disk is full.
public final class RecordingReceiver: WebhookReceiver {
    private let state = Mutex((deliveries: [WebhookDelivery](), records: true))

    public init() {}

    public var deliveries: [WebhookDelivery] { state.withLock(\.deliveries) }

    /// Whether deliveries can be recorded; while not, each is answered with false and let go.
    public var records: Bool {
        get { state.withLock(\.records) }
        set { state.withLock { $0.records = newValue } }
    }

    public func receive(_ delivery: WebhookDelivery) async -> Bool {
        state.withLock { state in
            if state.records { state.deliveries.append(delivery) }
            return state.records
        }
    }
}
