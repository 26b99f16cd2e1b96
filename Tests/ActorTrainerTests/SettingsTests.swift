import Foundation
import ObjectStorage
import SystemSurroundings
import Testing
import Training
import TrainingPorts

@testable import ActorTrainer

@Suite("Settings")
final class SettingsTests: Sendable {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func write(_ name: String, _ text: String, mode: Int = 0o600) throws {
        let path = folder.appending(path: name).path
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    private func settings() async throws -> Settings {
        let yaml = folder.appending(path: "config.yaml").path
        if !FileManager.default.fileExists(atPath: yaml) { try write("config.yaml", "{}\n") }
        return try await Settings(project: folder.path, configFile: yaml)
    }

    @Test("each known name is read from .env under that name, and its origin is told")
    func names() async throws {
        func value(_ setting: SettingName) -> String { setting.isAmount ? "12.50" : "value-of-\(setting.name)" }
        try write(".env", SettingName.all.map { "\($0.name)=\(value($0))" }.joined(separator: "\n") + "\n")
        let settings = try await settings()
        let environment = ProcessInfo.processInfo.environment
        for (setting, origin) in zip(SettingName.all, settings.origins) where environment[origin.name] == nil {
            #expect(origin.place == .environmentFile(folder.path + "/.env"), "\(origin.name)")
            #expect(origin.value == (origin.isSecret ? nil : value(setting)), "\(origin.name)")
        }
    }

    @Test(
        "a budget or a price that cannot be read is said, for it would be none",
        arguments: ["ACTOR_TRAINER_BUDGET_DAY", "ACTOR_TRAINER_BUDGET_BATCH", "ACTOR_TRAINER_PRICE_PER_SECOND"],
        ["$5", "5,00", "5 USD", "-1", "nan"])
    func amounts(name: String, text: String) async throws {
        try write(".env", "\(name)='\(text)'\n")
        await #expect { try await settings() } throws: { error in
            let failure = error as? Failure
            return failure?.code == .usage && failure?.message.hasPrefix("\(name) is “\(text)”") == true
        }
        try write(".env", "\(name)=0.5\n")
        _ = try await settings()
    }

    @Test("of the files that cannot be read only the one at fault is named")
    func unreadableFile() async throws {
        let missing = folder.appending(path: "none.yaml").path
        await #expect { try await Settings(project: folder.path, configFile: missing) } throws: { error in
            (error as? Failure)?.message == "there is no configuration file \(missing); make it, or name another one"
        }
        try write("broken.yaml", "a: [\n")
        let broken = folder.appending(path: "broken.yaml").path
        await #expect { try await Settings(project: folder.path, configFile: broken) } throws: { error in
            (error as? Failure)?.message == "the configuration file \(broken) cannot be read; mend or remove it"
        }
    }

    @Test("a value in .env may stand in quotes, as in a shell", arguments: ["'", "\"", ""])
    func quotes(mark: String) async throws {
        try write(".env", "RUNPOD_API_KEY=\(mark)rpa_planted\(mark)\nNGROK_API=\(mark)http://127.0.0.1:9\(mark)\n")
        let settings = try await settings()
        #expect(settings.secret("runpod.apiKey")?.revealed() == "rpa_planted")
        #expect(settings.ngrokAPI == "http://127.0.0.1:9")
    }

    @Test("AWS's access key is not taken from the configuration file either")
    func accessKey() async throws {
        try write("config.yaml", "aws:\n  access:\n    key: AKIA\n")
        #expect(try await settings().awsAccessKey == nil)
        try write(".env", "AWS_ACCESS_KEY=AKIA\n")
        #expect(try await settings().awsAccessKey != nil)
    }

    @Test("the environment wins over .env, that over the configuration file, and that over what is usual")
    func precedence() async throws {
        try write(
            "config.yaml",
            "ngrok:\n  api: http://127.0.0.1:1\nruntime: x\nactor:\n  trainer:\n    pricePerSecond: 0.5\n    tunnel: none\n")
        try write(".env", "NGROK_API=http://127.0.0.1:2\n")
        var settings = try await settings()
        #expect(settings.ngrokAPI == "http://127.0.0.1:2" && settings.pricePerSecond == 0.5 && settings.tunnel == "none")
        setenv("ACTOR_TRAINER_TUNNEL", "cloudflared", 1)
        defer { unsetenv("ACTOR_TRAINER_TUNNEL") }
        settings = try await self.settings()
        #expect(settings.tunnel == "cloudflared")
        let places = Dictionary(uniqueKeysWithValues: settings.origins.map { ($0.name, $0.place) })
        #expect(places["ACTOR_TRAINER_TUNNEL"] == .environment)
        #expect(places["NGROK_API"] == .environmentFile(folder.path + "/.env"))
        #expect(places["ACTOR_TRAINER_PRICE_PER_SECOND"] == .configurationFile(settings.configurationFile))
        #expect(places["RUNPOD_API_BASE"] == .standard && places["ACTOR_TRAINER_PUBLIC_URL"] == .notSet)
    }

    @Test(
        "acceleration and dual stack are what is set, and refused beside a server that is not Amazon's",
        arguments: [
            ("", "bucket.s3.eu-west-1.amazonaws.com"),
            ("AWS_S3_USE_ACCELERATE_ENDPOINT=true", "bucket.s3-accelerate.amazonaws.com"),
            ("AWS_USE_DUALSTACK_ENDPOINT=1", "bucket.s3.dualstack.eu-west-1.amazonaws.com"),
            (
                "AWS_S3_USE_ACCELERATE_ENDPOINT=yes\nAWS_USE_DUALSTACK_ENDPOINT=on",
                "bucket.s3-accelerate.dualstack.amazonaws.com"
            ),
            ("AWS_S3_USE_ACCELERATE_ENDPOINT=off\nAWS_ENDPOINT_URL_S3=http://127.0.0.1:9", "127.0.0.1:9"),
            ("AWS_S3_USE_ACCELERATE_ENDPOINT=true\nAWS_ENDPOINT_URL_S3=http://127.0.0.1:9", nil),
            ("AWS_USE_DUALSTACK_ENDPOINT=true\nAWS_ENDPOINT_URL_S3=http://127.0.0.1:9", nil),
            ("AWS_USE_DUALSTACK_ENDPOINT=perhaps", nil),
        ])
    func s3Forms(lines: String, host: String?) async throws {
        try write(".env", "AWS_REGION=eu-west-1\n\(lines)\n")
        let settings = try await settings()
        guard let host else {
            #expect(throws: Failure.self) { try settings.s3Endpoint() }
            return
        }
        let client = S3Client(
            endpoint: try settings.s3Endpoint(), credentials: S3Credentials(accessKey: "AKIA", secret: Secret("none")),
            random: SystemRandom(), now: { Timestamp(milliseconds: 0) })
        let address = client.presigned(S3Location(bucket: "bucket", key: "k"), expiry: 60).revealed()
        await client.shutdown()
        #expect(URL(string: address)?.host().map { $0 + (URL(string: address)?.port.map { ":\($0)" } ?? "") } == host)
    }

    @Test(
        "a .env with keys that others can read is warned of, by name and without a value",
        arguments: [(0o644, true), (0o640, true), (0o600, false), (0o400, false)])
    func modes(mode: Int, isWarned: Bool) async throws {
        try write(".env", "RUNPOD_API_KEY=marked-key\nNGROK_AUTHTOKEN=marked-token\n", mode: mode)
        let settings = try await settings()
        #expect(settings.runPodKey == Secret("marked-key"))
        let own = settings.warnings.filter { $0.contains(folder.path) }
        #expect(own.count == (isWarned ? 1 : 0))
        #expect(own.allSatisfy { $0.contains("chmod 600") && $0.contains("RUNPOD_API_KEY and 1 more") && !$0.contains("marked") })
    }

    @Test("a .env without keys may be read by anybody, and a key in the configuration file is not used, and said so")
    func places() async throws {
        try write(".env", "AWS_REGION=eu-west-1\n", mode: 0o644)
        try write("config.yaml", "actor:\n  trainer:\n    ntfy:\n      url: https://ntfy.sh/marked\n")
        let settings = try await settings()
        #expect(settings.secret("actor.trainer.ntfy.url") == nil)
        #expect(settings.warnings.filter { $0.contains(folder.path) }.count == 1)
        #expect(settings.warnings.contains { $0.contains("ACTOR_TRAINER_NTFY_URL") && !$0.contains("marked") })
    }

    @Test("an address with a port that there is not is a sentence, and no crash in a library")
    func ports() async throws {
        for name in ["RUNPOD_API_BASE", "NGROK_API", "ACTOR_TRAINER_PUBLIC_URL", "ACTOR_TRAINER_NTFY_URL"] {
            try write(".env", "\(name)=https://example.org:99999/marked\n")
            await #expect { try await self.settings() } throws: { error in
                let message = (error as? Failure)?.message ?? ""
                return message.contains(name) && !message.contains("marked")
            }
        }
    }

    @Test("no description or dump of origins shows a secret")
    func dumps() async throws {
        try write(
            ".env", SettingName.all.filter(\.isSecret).map { "\($0.name)=marked-\($0.name)" }.joined(separator: "\n") + "\n")
        let settings = try await settings()
        var text = "\(settings.origins) \(String(reflecting: settings.origins)) \(settings.warnings)"
        dump(settings.origins, to: &text)
        #expect(!text.contains("marked-"))
    }
}
