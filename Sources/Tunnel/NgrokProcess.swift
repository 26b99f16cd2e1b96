import JSONText
import Subprocess
public import TrainingPorts

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// How to start an ngrok agent of our own.
public struct NgrokSettings: Sendable {
    /// Where an agent that runs already answers: `NGROK_API`, without a last slash.
    public var api: String
    /// The program: a name that is searched in `PATH`, or a path; nil never starts one.
    public var program: String?
    /// `NGROK_AUTHTOKEN`; nil leaves it to ngrok's own configuration.
    public var token: Secret?
    /// Our environment, of which the agent gets no more than it needs.
    public var environment: [String: String]

    public init(
        api: String = "http://127.0.0.1:4040", program: String? = "ngrok", token: Secret? = nil,
        environment: [String: String] = [:]
    ) {
        self.api = api.hasSuffix("/") ? String(api.dropLast()) : api
        self.program = program
        self.token = token
        self.environment = environment
    }

    /// The token goes through the environment: arguments can be read by everybody on the machine.
    var childEnvironment: [String: String] {
        var child = environment.filter { ["PATH", "HOME", "XDG_CONFIG_HOME"].contains($0.key) }
        child["NGROK_AUTHTOKEN"] = token?.revealed()
        return child
    }

    /// The inspector is off: it would keep our secret paths for every user of the machine to read.
    static func arguments(port: Int) -> [String] {
        ["http", String(port), "--log", "stdout", "--log-format", "json", "--inspect=false"]
    }
}

/// An ngrok agent that we have started and that ends with us.
struct NgrokProcess: Sendable {
    let settings: NgrokSettings

    /// Runs the agent until it ends or the task is cancelled; then it is asked to end, and after two seconds made to.
    /// - Returns: why it ended, in a sentence; a fault that it has told of before goes first.
    func run(_ program: String, port: Int, onLine: @Sendable (NgrokLogLine) async -> Void) async -> String {
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(2))]
        let environment = Dictionary(
            settings.childEnvironment.compactMap { entry in Environment.Key(rawValue: entry.key).map { ($0, entry.value) } },
            uniquingKeysWith: { first, _ in first })
        do {
            let result = try await Subprocess.run(
                program.contains("/") ? .path(FilePath(program)) : .name(program),
                arguments: Arguments(NgrokSettings.arguments(port: port)),
                environment: .custom(environment), platformOptions: options, input: .none, output: .sequence,
                error: .combinedWithOutput
            ) { execution in
                var fault: String?
                for try await text in execution.standardOutput.strings() {
                    guard let line = NgrokLogLine(parsing: text) else { continue }
                    if case .failed(let sentence) = line { fault = sentence }
                    await onLine(line)
                }
                return fault
            }
            return result.closureResult ?? "ngrok has ended (\(result.terminationStatus)); start it by hand to see why"
        } catch {
            return
                "ngrok could not be started (\(program)); install it, or set ACTOR_TRAINER_PUBLIC_URL to an address of your own"
        }
    }
}
