public import TrainingPorts

/// Sends an e-mail through the system's own `sendmail`, which knows how mail leaves this machine.
public struct MailNotifier: Notifier {
    public let name = "the notification by e-mail"
    private let command: ShortCommand
    private let recipients: [String]

    /// - Parameters:
    ///   - recipients: addresses such as `a@example.org`.
    ///   - program: `sendmail` or what acts for it; recipients are read from the message (`-t`), a dot alone ends nothing (`-i`).
    /// - Throws: `PortError` with a sentence where there is no recipient or one that is no plain address.
    public init(
        to recipients: [String], program: String, environment: [String: String], limit: Duration = .seconds(30)
    ) throws(PortError) {
        for recipient in recipients where !MailMessage.isPlainAddress(recipient) {
            throw PortError(.refused, "“\(recipient)” is no e-mail address such as name@example.org")
        }
        guard !recipients.isEmpty else { throw PortError(.refused, "no e-mail address is set") }
        self.recipients = recipients
        command = ShortCommand(program: program, arguments: ["-t", "-i"], environment: environment, limit: limit)
    }

    public func tell(_ notice: Notice) async throws(PortError) {
        try await command.run(MailMessage(to: recipients, notice: notice).text)
    }
}
