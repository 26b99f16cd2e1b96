import JSONText
import NIOHTTP1
public import TrainingPorts

/// Posts each notice as JSON to an address of the operator's.
public struct WebhookNotifier: Notifier {
    public let name = "the notification webhook"
    private let office: PostOffice
    private let address: Secret

    public init(_ office: PostOffice, to address: Secret) {
        self.office = office
        self.address = address
    }

    public func tell(_ notice: Notice) async throws(PortError) {
        let headers: HTTPHeaders = ["content-type": "application/json; charset=utf-8", "idempotency-key": notice.id]
        try await office.post(notice.json.text(), to: address, headers: headers)
    }
}
