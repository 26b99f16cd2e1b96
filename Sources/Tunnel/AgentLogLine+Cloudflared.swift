extension AgentLogLine {
    /// A line of cloudflared's log, which goes to standard error; nil for one that tells nothing. The address stands in a box of ASCII signs,
    /// once, before the tunnel carries anything.
    init?(cloudflared line: String) {
        if let address = AgentLogLine.quickTunnel(in: line) {
            self = .started(address)
        } else if let fault = AgentLogLine.cloudflaredFault(in: line) {
            self = .failed(fault)
        } else {
            return nil
        }
    }

    /// `https://words-words.trycloudflare.com`, but not the service that hands such names out.
    private static func quickTunnel(in line: String) -> String? {
        guard let start = line.firstRange(of: "https://") else { return nil }
        let host = line[start.upperBound...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }
        guard host.hasSuffix(".trycloudflare.com"), host != "api.trycloudflare.com" else { return nil }
        return "https://\(host)"
    }

    private static func cloudflaredFault(in line: String) -> String? {
        let isFault =
            line.contains(" ERR ") || line.contains(" FTL ") || line.hasPrefix("failed to") || line.hasPrefix("Incorrect Usage")
        guard isFault else { return nil }
        if line.contains("429") || line.contains("1015") {
            return "Cloudflare gives out no more quick tunnels for the moment; try again later, or use ngrok"
        }
        if line.contains("config.y") {
            return "cloudflared makes no quick tunnel while there is a config.yml in its settings folder; move that away, or set "
                + "ACTOR_TRAINER_PUBLIC_URL to the address of your own tunnel"
        }
        if line.contains("Unable to reach the origin") || line.contains("connect: connection refused") {
            return "cloudflared cannot reach our port: the webhook listener is down"
        }
        if line.contains("api.trycloudflare.com") || line.contains("no such host") {
            return "cloudflared cannot reach Cloudflare; look at this machine's network"
        }
        let all = line.split(whereSeparator: \.isWhitespace)
        let words = all.drop { $0 != "ERR" && $0 != "FTL" }.dropFirst()
        // Where a request was led to has the webhook's key in its path.
        let harmless = (words.isEmpty ? all[...] : words).filter { !$0.contains("/hook/") && !$0.hasPrefix("dest=") }
        return "cloudflared reports: " + harmless.joined(separator: " ").prefix(200)
    }
}
