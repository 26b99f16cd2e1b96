import NIOHTTP1
import TerminalUI
public import TrainingPorts

/// Publishes each notice to a topic of ntfy, at ntfy.sh or a server of one's own (docs.ntfy.sh/publish).
public struct NtfyNotifier: Notifier {
    public let name = "the notification by ntfy"
    private let office: PostOffice
    private let topic: Secret
    private let token: Secret?

    /// - Parameters:
    ///   - topic: the topic's address; who knows it may read along, so it is a secret.
    ///   - token: an access token where the topic wants one.
    public init(_ office: PostOffice, topic: Secret, token: Secret? = nil) {
        self.office = office
        self.topic = topic
        self.token = token
    }

    public func tell(_ notice: Notice) async throws(PortError) {
        var headers: HTTPHeaders = [
            "content-type": "text/plain; charset=utf-8", "title": MailMessage.header(notice.title),
            "priority": notice.kind.priority,
            "tags": notice.kind.tag,
        ]
        if let token { headers.add(name: "authorization", value: "Bearer \(token.revealed())") }
        let lines = notice.text.split(separator: "\n", omittingEmptySubsequences: false)
        let text = lines.map { DisplayText(untrusted: String($0)).string }.joined(separator: "\n")
        try await office.post(text.isEmpty ? notice.title : text, to: topic, headers: headers)
    }
}

extension Notice.Kind {
    /// ntfy's scale from 1 to 5, 3 being usual.
    fileprivate var priority: String {
        switch self {
        case .done, .batchDone: "3"
        case .failed, .needsYou: "4"
        }
    }

    /// ntfy shows these as signs.
    fileprivate var tag: String {
        switch self {
        case .done: "white_check_mark"
        case .failed: "x"
        case .needsYou: "warning"
        case .batchDone: "checkered_flag"
        }
    }
}
