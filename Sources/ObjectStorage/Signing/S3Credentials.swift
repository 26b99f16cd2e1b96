public import TrainingPorts

/// The key pair that requests to S3 are signed with.
public struct S3Credentials: Hashable, Sendable {
    public let accessKey: String
    let secret: Secret
    /// Of temporary credentials only; it is sent along and signed.
    let sessionToken: Secret?

    public init(accessKey: String, secret: Secret, sessionToken: Secret? = nil) {
        self.accessKey = accessKey
        self.secret = secret
        self.sessionToken = sessionToken
    }

    /// A text without secrets in it: an answer may repeat what was sent.
    func hidden(in text: String) -> String {
        sessionToken?.hidden(in: secret.hidden(in: text)) ?? secret.hidden(in: text)
    }
}
