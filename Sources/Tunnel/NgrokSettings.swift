public import TrainingPorts

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

extension AgentProcess {
    /// An ngrok agent with a tunnel to one of our ports.
    static func ngrok(_ program: String, _ settings: NgrokSettings, port: Int) -> AgentProcess {
        AgentProcess(
            name: "ngrok", program: program, arguments: NgrokSettings.arguments(port: port),
            environment: settings.childEnvironment, read: { AgentLogLine(ngrok: $0) })
    }
}
