import JSONText

/// How to use cloudflared, whose quick tunnels need no account and have another address at each start.
public struct CloudflaredSettings: Sendable {
    /// Where an agent that runs already tells of itself, such as `http://127.0.0.1:20241`; nil where there is none.
    public var metrics: String?
    /// The program: a name that is searched in `PATH`, or a path; nil never starts one.
    public var program: String?
    /// Our environment, of which the agent gets no more than it needs.
    public var environment: [String: String]

    public init(metrics: String? = nil, program: String? = "cloudflared", environment: [String: String] = [:]) {
        self.metrics = metrics.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        self.program = program
        self.environment = environment
    }

    var childEnvironment: [String: String] { environment.filter { ["PATH", "HOME", "XDG_CONFIG_HOME"].contains($0.key) } }

    /// Port 0 lets it choose a free one for its metrics, so that no other program's is asked by mistake.
    static func arguments(port: Int) -> [String] {
        ["tunnel", "--no-autoupdate", "--metrics", "127.0.0.1:0", "--url", "http://127.0.0.1:\(port)"]
    }
}

extension AgentProcess {
    /// A quick tunnel to one of our ports.
    static func cloudflared(_ program: String, _ settings: CloudflaredSettings, port: Int) -> AgentProcess {
        AgentProcess(
            name: "cloudflared", program: program, arguments: CloudflaredSettings.arguments(port: port),
            environment: settings.childEnvironment, read: { AgentLogLine(cloudflared: $0) })
    }
}

extension AgentAnswer {
    /// What `GET /quicktunnel` on cloudflared's metrics port tells. It does not say which port the tunnel leads to; the test from outside does.
    init(readingQuickTunnel body: [UInt8]) {
        guard let json = try? JSONValue(parsing: body), let host = json["hostname"]?.string else {
            self = .unclear
            return
        }
        let isHost = !host.isEmpty && host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }
        self = host.isEmpty ? .noneOfOurs : isHost ? .tunnel("https://\(host)") : .unclear
    }
}
