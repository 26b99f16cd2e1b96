import Foundation
import Notifications
import TrainingPorts

extension Settings {
    /// The ways of telling the operator that are set up, and a sentence for each setting that cannot be used.
    func notifiers(
        office: PostOffice, environment: [String: String], outlet: NoticeOutlet
    ) -> (notifiers: [any Notifier], complaints: [String]) {
        var complaints: [String] = []
        var notifiers: [any Notifier] = [terminal(environment, outlet, &complaints)].compactMap(\.self)
        if let words = text("actor.trainer.notify.command").map(Settings.words),
            let command = CommandNotifier(words: words, environment: environment)
        {
            notifiers.append(command)
        }
        if let list = text("actor.trainer.notify.email") {
            do {
                notifiers.append(try mail(to: list, environment))
            } catch {
                complaints.append("ACTOR_TRAINER_NOTIFY_EMAIL cannot be used: \(error.message)")
            }
        }
        if let topic = address("actor.trainer.ntfy.url", "ACTOR_TRAINER_NTFY_URL", &complaints) {
            notifiers.append(NtfyNotifier(office, topic: topic, token: secret("actor.trainer.ntfy.token")))
        }
        if let address = address("actor.trainer.notify.webhook.url", "ACTOR_TRAINER_NOTIFY_WEBHOOK_URL", &complaints) {
            notifiers.append(WebhookNotifier(office, to: address))
        }
        return (notifiers, complaints)
    }

    /// What is told; everything where nothing is said.
    var noticeKinds: (kinds: Set<Notice.Kind>, complaint: String?) {
        guard let list = text("actor.trainer.notify.for") else { return (Set(Notice.Kind.allCases), nil) }
        let words = list.split { $0 == "," || $0 == " " }.map(String.init)
        let unknown = words.filter { Notice.Kind(rawValue: $0) == nil }
        let names = Notice.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        let complaint = unknown.first.map { "ACTOR_TRAINER_NOTIFY_FOR knows no “\($0)”; there are: \(names)" }
        return (Set(words.compactMap(Notice.Kind.init)), complaint)
    }

    private func terminal(
        _ environment: [String: String], _ outlet: NoticeOutlet, _ complaints: inout [String]
    ) -> TerminalNotifier? {
        let rings = !["off", "false", "no", "0"].contains(text("actor.trainer.notify.bell")?.lowercased())
        let word = text("actor.trainer.notify.terminal")?.lowercased() ?? "off"
        let wish = TerminalNotifier.Wish(word)
        if wish == nil { complaints.append("ACTOR_TRAINER_NOTIFY_TERMINAL takes off, auto, 9, 777 or 99, and not “\(word)”") }
        guard rings || wish ?? .none != .none else { return nil }
        return TerminalNotifier(rings: rings, wish: wish ?? .none, environment: environment) { outlet.show($0) }
    }

    private func mail(to list: String, _ environment: [String: String]) throws(PortError) -> MailNotifier {
        let usual = ["/usr/sbin/sendmail", "/usr/lib/sendmail", "/usr/bin/sendmail"]
        let program = text("actor.trainer.sendmail") ?? usual.first { FileManager.default.isExecutableFile(atPath: $0) }
        guard let program else {
            throw PortError(.notFound, "this machine has no sendmail; install one, or name it with ACTOR_TRAINER_SENDMAIL")
        }
        let recipients = list.split { $0 == "," || $0 == " " }.map(String.init)
        return try MailNotifier(to: recipients, program: program, environment: environment)
    }

    /// An address that is secret: what is wrong with it is said without it.
    private func address(_ key: String, _ name: String, _ complaints: inout [String]) -> Secret? {
        guard let secret = secret(key) else { return nil }
        let parts = URLComponents(string: secret.revealed())
        guard let parts, ["http", "https"].contains(parts.scheme), parts.host?.isEmpty == false else {
            complaints.append("\(name) is no address; it must begin with https://")
            return nil
        }
        return secret
    }

    /// A program and its arguments, parted at spaces; no shell reads them. A path with spaces is one word where it is a file.
    private static func words(_ text: String) -> [String] {
        if FileManager.default.isExecutableFile(atPath: text) { return [text] }
        return text.split(separator: " ").map(String.init)
    }
}
