import JSONText

/// What ngrok's agent says about its tunnels, in either of its two forms: `tunnels`, and `endpoints` of newer agents.
enum AgentAnswer: Hashable {
    /// The public https address that leads to our port.
    case tunnel(String)
    /// It answers, and has no tunnel to our port; other people's are none of our business.
    case noneOfOurs
    /// Nobody answers there.
    case notRunning
    /// Somebody answers, and not as ngrok does.
    case unclear

    init(reading body: [UInt8], port: Int) {
        guard let json = try? JSONValue(parsing: body), let entries = (json["tunnels"] ?? json["endpoints"])?.array else {
            self = .unclear
            return
        }
        let ours = entries.lazy.compactMap { AgentAnswer.publicAddress(of: $0, port: port) }.first
        self = ours.map { .tunnel($0) } ?? .noneOfOurs
    }

    private static func publicAddress(of entry: JSONValue, port: Int) -> String? {
        let target = entry["config"]?["addr"]?.string ?? entry["upstream"]?["url"]?.string
        let address = entry["public_url"]?.string ?? entry["url"]?.string
        guard let target, leads(target, to: port), let address, address.lowercased().hasPrefix("https://") else { return nil }
        return address
    }

    /// Whether `8765`, `localhost:8765` or `http://127.0.0.1:8765` is that port of this machine.
    static func leads(_ target: String, to port: Int) -> Bool {
        var rest = target[...]
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        rest = rest.prefix { $0 != "/" }
        let colon = rest.lastIndex(of: ":")
        let digits = colon.map { rest[rest.index(after: $0)...] } ?? rest
        let host = colon.map { rest[..<$0] } ?? ""
        return Int(digits) == port && ["", "localhost", "127.0.0.1", "[::1]"].contains(host)
    }
}
