import JSONText

extension AgentLogLine {
    /// A line of `ngrok … --log stdout --log-format json`; nil for one that tells nothing.
    init?(ngrok line: String) {
        let json = try? JSONValue(parsing: line)
        if json?["msg"]?.string == "started tunnel", let address = json?["url"]?.string, address.hasPrefix("https://") {
            self = .started(address)
            return
        }
        // A message about a lost session that mends itself has no code.
        if let code = NgrokFault(searching: line) {
            self = .failed(code.sentence)
            return
        }
        guard json?["lvl"]?.string == "crit" || json == nil && line.hasPrefix("ERROR:") else { return nil }
        let reason = json?["err"]?.string ?? line
        self = .failed(
            "ngrok could not start the tunnel: " + reason.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(200))
    }
}
