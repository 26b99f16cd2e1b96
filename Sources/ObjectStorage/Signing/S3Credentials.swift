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

    /// A text without secrets in it: an answer may repeat what was sent, and the key's id is sent with each request.
    func hidden(in text: String) -> String {
        [secret, sessionToken, Secret(accessKey)].compactMap(\.self).reduce(text) { $1.hidden(in: $0) }
    }
}
