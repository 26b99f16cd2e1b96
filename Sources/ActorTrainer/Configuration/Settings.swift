import Configuration
import Foundation
import SystemPackage
import Training
import TrainingPorts

/// What the operator has set: flags win over the environment, that over `.env`, that over the configuration file.
///
/// Secrets come from the environment or `.env` alone and are handed on as `Secret`, which cannot be printed.
struct Settings: Sendable {
    private let reader: ConfigReader
    /// Where `.env` and the configuration file were looked for.
    let environmentFile: String
    let configurationFile: String

    /// - Parameters:
    ///   - project: the project folder, whose `.env` is read; nil reads that of the current folder.
    ///   - configFile: `--config`; nil is `$XDG_CONFIG_HOME/actor-trainer/config.yaml`, which may be missing.
    /// - Throws: `Failure` where a file is there and cannot be read.
    init(project: String?, configFile: String?) async throws(Failure) {
        environmentFile = (project.map { $0 + "/" } ?? "") + ".env"
        configurationFile = configFile ?? Folders.configuration + "/config.yaml"
        do {
            let file = try await EnvironmentVariablesProvider(environmentFilePath: FilePath(environmentFile), allowMissing: true)
            let yaml = try await FileProvider<YAMLSnapshot>(
                filePath: FilePath(configurationFile), allowMissing: configFile == nil)
            reader = ConfigReader(providers: [EnvironmentVariablesProvider(), file, yaml])
        } catch {
            throw Failure(
                .prerequisite, "the configuration cannot be read (\(environmentFile), \(configurationFile)); mend or remove it",
                cause: error)
        }
    }

    /// A setting by its dotted key; `runpod.apiBase` is `RUNPOD_API_BASE` in the environment. Empty counts as not set.
    private func text(_ key: String) -> String? {
        reader.string(forKey: ConfigKey(key)).flatMap { $0.isEmpty ? nil : $0 }
    }

    private func secret(_ keys: String...) -> Secret? {
        keys.lazy.compactMap { reader.string(forKey: ConfigKey($0), isSecret: true) }.first { !$0.isEmpty }.map(Secret.init)
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
    var awsRegion: String? { text("aws.region") }
    /// US dollars a second of training; the published price of a 4090 in June 2026 where none is set.
    var pricePerSecond: Double { text("actor.trainer.pricePerSecond").flatMap(Double.init) ?? 0.00031 }
    var workflowFile: String? { text("actor.trainer.workflow") }
}
