import Foundation

/// Where a setting can come from.
enum SettingPlace: Hashable, Sendable {
    case environment
    case environmentFile(String)
    case configurationFile(String)
    /// Nobody has set it; this is what holds then.
    case standard
    case notSet

    /// The configuration file may lie in a repository or a backup; keys have no business there.
    var mayHoldSecrets: Bool {
        switch self {
        case .environment, .environmentFile: true
        case .configurationFile, .standard, .notSet: false
        }
    }

    var words: String {
        switch self {
        case .environment: "environment"
        case .environmentFile(let path), .configurationFile(let path): path
        case .standard: "default"
        case .notSet: "not set"
        }
    }
}

/// A setting with where it comes from, for `doctor`.
struct SettingOrigin: Hashable, Sendable {
    /// Its name in the environment.
    let name: String
    let place: SettingPlace
    let isSecret: Bool
    /// Nil where it is a secret, or is not set.
    let value: String?
}

/// A setting that the program knows.
struct SettingName: Hashable, Sendable {
    /// In the environment and in `.env`.
    let name: String
    /// Dotted, as in the configuration file.
    let key: String
    let isSecret: Bool
    let standard: String?

    init(_ name: String, _ key: String, isSecret: Bool = false, standard: String? = nil) {
        self.name = name
        self.key = key
        self.isSecret = isSecret
        self.standard = standard
    }

    /// Of US dollars.
    var isAmount: Bool { ["_BUDGET_BATCH", "_BUDGET_DAY", "_PRICE_PER_SECOND"].contains { name.hasSuffix($0) } }

    var isAddress: Bool { ["_URL", "_BASE", "_API", "_METRICS", "_URL_S3"].contains { name.hasSuffix($0) } }

    static let all: [SettingName] = [
        SettingName("RUNPOD_API_KEY", "runpod.apiKey", isSecret: true),
        SettingName("MODEL_TRAINING_RUNPOD_API_KEY", "model.training.runpod.apiKey", isSecret: true),
        SettingName("MODEL_TRAINING_RUNPOD_ENDPOINT_ID", "model.training.runpod.endpointId"),
        SettingName("RUNPOD_API_BASE", "runpod.apiBase", standard: "https://api.runpod.ai/v2"),
        SettingName("RUNPOD_MANAGEMENT_BASE", "runpod.managementBase"),
        SettingName("RUNPOD_GRAPHQL_URL", "runpod.graphqlUrl"),
        SettingName("ACTOR_MAKER_URL", "actor.maker.url"),
        SettingName("ACTOR_TRAINER_PROJECT", "actor.trainer.project"),
        SettingName("ACTOR_TRAINER_WORKFLOW", "actor.trainer.workflow"),
        SettingName("ACTOR_TRAINER_PRICE_PER_SECOND", "actor.trainer.pricePerSecond", standard: "0.00031"),
        SettingName("ACTOR_TRAINER_BUDGET_BATCH", "actor.trainer.budgetBatch"),
        SettingName("ACTOR_TRAINER_BUDGET_DAY", "actor.trainer.budgetDay"),
        SettingName("ACTOR_TRAINER_PUBLIC_URL", "actor.trainer.publicUrl"),
        SettingName("ACTOR_TRAINER_TUNNEL", "actor.trainer.tunnel", standard: "ngrok"),
        SettingName("NGROK_API", "ngrok.api", standard: "http://127.0.0.1:4040"),
        SettingName("NGROK_AUTHTOKEN", "ngrok.authtoken", isSecret: true),
        SettingName("CLOUDFLARED_METRICS", "cloudflared.metrics"),
        SettingName("AWS_REGION", "aws.region"),
        SettingName("AWS_DEFAULT_REGION", "aws.default.region"),
        SettingName("AWS_ACCESS_KEY", "aws.access.key", isSecret: true),
        SettingName("AWS_ACCESS_SECRET", "aws.access.secret", isSecret: true),
        SettingName("AWS_ACCESS_KEY_ID", "aws.access.key.id", isSecret: true),
        SettingName("AWS_SECRET_ACCESS_KEY", "aws.secret.access.key", isSecret: true),
        SettingName("AWS_SESSION_TOKEN", "aws.session.token", isSecret: true),
        SettingName("AWS_ENDPOINT_URL_S3", "aws.endpoint.url.s3"),
        SettingName("AWS_ENDPOINT_URL", "aws.endpoint.url"),
        SettingName("AWS_S3_USE_ACCELERATE_ENDPOINT", "aws.s3.use.accelerate.endpoint", standard: "false"),
        SettingName("AWS_USE_DUALSTACK_ENDPOINT", "aws.use.dualstack.endpoint", standard: "false"),
        SettingName("ACTOR_TRAINER_NOTIFY_FOR", "actor.trainer.notify.for", standard: "done,failed,needs_you,batch_done"),
        SettingName("ACTOR_TRAINER_NOTIFY_BELL", "actor.trainer.notify.bell", standard: "on"),
        SettingName("ACTOR_TRAINER_NOTIFY_TERMINAL", "actor.trainer.notify.terminal", standard: "off"),
        SettingName("ACTOR_TRAINER_NOTIFY_COMMAND", "actor.trainer.notify.command"),
        SettingName("ACTOR_TRAINER_NOTIFY_EMAIL", "actor.trainer.notify.email"),
        SettingName("ACTOR_TRAINER_SENDMAIL", "actor.trainer.sendmail"),
        SettingName("ACTOR_TRAINER_NTFY_URL", "actor.trainer.ntfy.url", isSecret: true),
        SettingName("ACTOR_TRAINER_NTFY_TOKEN", "actor.trainer.ntfy.token", isSecret: true),
        SettingName("ACTOR_TRAINER_NOTIFY_WEBHOOK_URL", "actor.trainer.notify.webhook.url", isSecret: true),
    ]
}

extension Settings {
    /// Every known setting with the place that it comes from. Never the value of a secret.
    var origins: [SettingOrigin] {
        SettingName.all.map { setting in
            let found = found(setting.key, isSecret: setting.isSecret)
            let place = found?.place ?? (setting.standard == nil ? .notSet : .standard)
            return SettingOrigin(
                name: setting.name, place: place, isSecret: setting.isSecret,
                value: setting.isSecret ? nil : found?.value ?? setting.standard)
        }
    }

    /// Files with keys in them that others can read, and keys where they are not looked for.
    static func warnings(about layers: [Layer]) -> [String] {
        layers.compactMap { layer in
            let secrets = SettingName.all.filter { $0.isSecret && layer.text($0.key) != nil }.map(\.name)
            guard let first = secrets.first else { return nil }
            let names = secrets.count == 1 ? first : "\(first) and \(secrets.count - 1) more"
            switch layer.place {
            case .environmentFile(let path):
                let attributes = try? FileManager.default.attributesOfItem(atPath: path)
                guard let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 != 0 else { return nil }
                return
                    "\(path) holds \(names) and others on this machine can read it (mode \(String(mode, radix: 8))); run: chmod 600 \(path)"
            case .configurationFile(let path):
                return "\(names) in \(path) is not used: secrets are taken from the environment or .env alone; move it there"
            case .environment, .standard, .notSet: return nil
            }
        }
    }
}
