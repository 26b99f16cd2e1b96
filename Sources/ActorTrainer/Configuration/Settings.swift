import Configuration
import Foundation
import SystemPackage
import Training
import TrainingPorts

/// What the operator has set: flags win over the environment, that over `.env`, that over the configuration file.
///
/// Secrets come from the environment or `.env` alone and are handed on as `Secret`, which cannot be printed.
struct Settings: Sendable {
    /// One place where settings are looked for.
    struct Layer: Sendable {
        let place: SettingPlace
        let provider: any ConfigProvider
    }

    /// The best first.
    let layers: [Layer]
    /// Where `.env` was looked for: in the project folder first, then in the current one.
    let environmentFiles: [String]
    let configurationFile: String
    /// What the operator should know about these files; each a sentence that holds no value.
    let warnings: [String]

    /// - Parameters:
    ///   - project: the project folder, whose `.env` wins over that of the current folder; nil reads the latter alone.
    ///   - configFile: `--config`; nil is `$XDG_CONFIG_HOME/actor-trainer/config.yaml`, which may be missing.
    /// - Throws: `Failure` where a file is there and cannot be read.
    init(project: String?, configFile: String?) async throws(Failure) {
        let current = Folders.current + "/.env"
        let own = project.map { Folders.absolute($0) + "/.env" }
        environmentFiles = [own, current].compactMap(\.self).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        configurationFile = configFile ?? Folders.configuration + "/config.yaml"
        var layers = [Layer(place: .environment, provider: EnvironmentVariablesProvider())]
        for file in environmentFiles {
            do {
                let provider = try await EnvironmentVariablesProvider(environmentFilePath: FilePath(file), allowMissing: true)
                layers.append(Layer(place: .environmentFile(file), provider: provider))
            } catch {
                throw Settings.unreadable(file, error)
            }
        }
        do {
            let provider = try await FileProvider<YAMLSnapshot>(
                filePath: FilePath(configurationFile), allowMissing: configFile == nil)
            layers.append(Layer(place: .configurationFile(configurationFile), provider: provider))
        } catch {
            throw Settings.unreadable(configurationFile, error)
        }
        self.layers = layers
        for setting in SettingName.all where setting.isAddress {
            let text = layers.lazy.compactMap { $0.text(setting.key) }.first
            guard let port = text.flatMap(URLComponents.init(string:))?.port, !(1...65535).contains(port) else { continue }
            // It would end the whole program, deep in the client that connects.
            throw Failure(.usage, "the port in \(setting.name) is none; ports go from 1 to 65535")
        }
        for setting in SettingName.all where setting.isAmount {
            guard let text = layers.lazy.compactMap({ $0.text(setting.key) }).first, !Settings.isAmount(text) else { continue }
            // A budget that cannot be read would be no budget.
            throw Failure(.usage, "\(setting.name) is “\(text)”, which is no amount of US dollars; write it like 5 or 12.50")
        }
        warnings = Settings.warnings(about: layers)
    }

    private static func unreadable(_ file: String, _ error: any Error) -> Failure {
        let words =
            Folders.isMissing(file)
            ? "there is no configuration file \(file); make it, or name another one"
            : "the configuration file \(file) cannot be read; mend or remove it"
        return Failure(.prerequisite, words, cause: error)
    }

    private static func isAmount(_ text: String) -> Bool { Money(parsing: text).map { $0 >= .zero } ?? false }

    /// A setting by its dotted key; `runpod.apiBase` is `RUNPOD_API_BASE` in the environment. Empty counts as not set.
    func text(_ key: String) -> String? { found(key, isSecret: false)?.value }

    /// The first of the keys that is set.
    func secret(_ keys: String...) -> Secret? { keys.lazy.compactMap { found($0, isSecret: true)?.value }.first.map(Secret.init) }

    /// A value and the place that it was found in; secrets are not looked for in the configuration file.
    func found(_ key: String, isSecret: Bool) -> (value: String, place: SettingPlace)? {
        for layer in layers where !isSecret || layer.place.mayHoldSecrets {
            if let value = layer.text(key) { return (value, layer.place) }
        }
        return nil
    }

    /// `MODEL_TRAINING_RUNPOD_API_KEY` wins over `RUNPOD_API_KEY`.
    var runPodKey: Secret? { secret("model.training.runpod.apiKey", "runpod.apiKey") }
    var runPodEndpoint: String? { text("model.training.runpod.endpointId") }
    var runPodBase: String { text("runpod.apiBase") ?? "https://api.runpod.ai/v2" }
    /// Where RunPod's management API is; nil for RunPod's own.
    var runPodManagementBase: String? { text("runpod.managementBase") }
    /// Where RunPod's GraphQL is; nil for RunPod's own.
    var runPodGraphQL: String? { text("runpod.graphqlUrl") }
    /// What may be spent on a batch and in a day (UTC), in US dollars.
    var budget: Budget {
        Budget(
            batch: text("actor.trainer.budgetBatch").flatMap { Money(parsing: $0) },
            day: text("actor.trainer.budgetDay").flatMap { Money(parsing: $0) })
    }
    var actorMakerURL: String? { text("actor.maker.url") }
    var project: String? { text("actor.trainer.project") }
    var publicURL: String? { text("actor.trainer.publicUrl") }
    var ngrokAPI: String { text("ngrok.api") ?? "http://127.0.0.1:4040" }
    var ngrokToken: Secret? { secret("ngrok.authtoken") }
    /// `ngrok` or `cloudflared`: whose agent makes the tunnel.
    var tunnel: String { text("actor.trainer.tunnel") ?? "ngrok" }
    /// Where a cloudflared that runs already tells its address; nil starts one.
    var cloudflaredMetrics: String? { text("cloudflared.metrics") }
    var awsRegion: String? { text("aws.region") ?? text("aws.default.region") }
    /// `AWS_ACCESS_KEY`, or AWS's own `AWS_ACCESS_KEY_ID`; of secret and address likewise.
    var awsAccessKey: Secret? { secret("aws.access.key", "aws.access.key.id") }
    var awsSecret: Secret? { secret("aws.access.secret", "aws.secret.access.key") }
    var awsSessionToken: Secret? { secret("aws.session.token") }
    var s3Address: String? { text("aws.endpoint.url.s3") ?? text("aws.endpoint.url") }
    /// US dollars a second of training; the published price of a 4090 in June 2026 where none is set.
    var pricePerSecond: Double { text("actor.trainer.pricePerSecond").flatMap(Double.init) ?? 0.00031 }
    /// Whether the operator set that price: it wins over RunPod's then.
    var isPriceSet: Bool { text("actor.trainer.pricePerSecond").flatMap(Double.init) != nil }
    var workflowFile: String? { text("actor.trainer.workflow") }
}

extension Settings.Layer {
    /// Nil where it is not set here, is empty, or is no text.
    func text(_ key: String) -> String? {
        let reader = ConfigReader(provider: provider)
        // Whatever it is, nobody but the caller may see it.
        if let text = reader.string(forKey: ConfigKey(key), isSecret: true) {
            let value = unquoted(text)
            return value.isEmpty ? nil : value
        }
        // In YAML a number or a yes is no string; the operator need not know.
        if let number = reader.double(forKey: ConfigKey(key), isSecret: true) {
            return Int(exactly: number).map(String.init) ?? String(number)
        }
        return reader.bool(forKey: ConfigKey(key), isSecret: true).map { $0 ? "true" : "false" }
    }

    /// In `.env` a value may stand in quotes, as in a shell; the file's reader leaves them on.
    private func unquoted(_ text: String) -> String {
        guard case .environmentFile = place, text.count >= 2, let mark = text.first, mark == "'" || mark == "\"",
            text.last == mark
        else { return text }
        return String(text.dropFirst().dropLast())
    }
}
