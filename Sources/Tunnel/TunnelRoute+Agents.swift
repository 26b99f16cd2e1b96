extension TunnelRoute {
    /// The agent that may be started; nil where there is no program for it.
    var agent: AgentProcess? {
        switch way {
        case .none, .fixed: nil
        case .ngrok(let settings): settings.program.map { .ngrok($0, settings, port: port) }
        case .cloudflared(let settings): settings.program.map { .cloudflared($0, settings, port: port) }
        }
    }

    var agentName: String { if case .cloudflared = way { "cloudflared" } else { "ngrok" } }

    /// Looks for a tunnel that an agent has already, ours or somebody else's.
    func askRunningAgent() async -> AgentAnswer {
        switch way {
        case .none, .fixed: return .notRunning
        case .ngrok(let settings): return await NgrokAgent(base: settings.api, client: client).tunnel(to: port)
        case .cloudflared(let settings):
            guard let metrics = settings.metrics else { return .notRunning }
            return await LocalAgent(client: client).ask("\(metrics)/quicktunnel") { AgentAnswer(readingQuickTunnel: $0) }
        }
    }

    /// Why there is no tunnel where none may be started, and what to do.
    func sentence(for answer: AgentAnswer) -> String {
        switch way {
        case .none, .fixed: return ""
        case .ngrok(let settings):
            let start = "start it with “ngrok http \(port) --inspect=false”"
            return switch answer {
            case .unclear: "\(settings.api) answers, but not as an ngrok agent does; set NGROK_API to where yours is"
            case .noneOfOurs: "the ngrok agent at \(settings.api) has no tunnel to port \(port); \(start)"
            case .notRunning, .tunnel: "no ngrok agent answers at \(settings.api); \(start)"
            }
        case .cloudflared(let settings):
            guard let metrics = settings.metrics, answer == .unclear else {
                return "cloudflared is not installed here; install it, or take ngrok with ACTOR_TRAINER_TUNNEL=ngrok"
            }
            return
                "\(metrics) answers, but not as a cloudflared with a quick tunnel does; set CLOUDFLARED_METRICS to where yours is"
        }
    }
}
