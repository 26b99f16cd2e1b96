import JSONText

/// A line of `ngrok … --log stdout --log-format json` that tells something.
enum NgrokLogLine: Hashable {
    /// The tunnel is up at this public address.
    case started(String)
    /// It failed; a sentence for the operator.
    case failed(String)

    /// Nil for all other lines.
    init?(parsing line: String) {
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
