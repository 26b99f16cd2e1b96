import ArgumentParser
import EngineAPI
import Foundation
import Logging
import RunPodSimulator

/// Where actors come from.
enum Source: Hashable, Sendable {
    case demo(timeScale: Double?, fresh: Bool, faults: [String])
    case project(String)
    case server(String)

    /// The name of its part of the state folder: trainings of two projects must not share a journal, for both have an actor 7.
    var folderName: String {
        switch self {
        case .demo: "demo"
        case .project(let path): "project-" + Source.slug(path)
        case .server(let url): "server-" + Source.slug(Source.canonical(url))
        }
    }

    var label: String {
        switch self {
        case .demo: "demo"
        case .project(let path): path
        case .server(let url): url
        }
    }

    var kind: SourceDescription.Kind {
        switch self {
        case .demo: .demo
        case .project: .project
        case .server: .server
        }
    }

    /// One spelling for all of one server: two folders would be two outboxes, and neither would know what the other has sent.
    private static func canonical(_ url: String) -> String {
        guard var parts = URLComponents(string: url), let host = parts.host?.lowercased() else { return url }
        parts.scheme = parts.scheme?.lowercased()
        let isHere = host == "localhost" || host == "[::1]" || host == "::1" || host.hasPrefix("127.")
        parts.host = isHere ? "localhost" : host
        if parts.port == (parts.scheme == "https" ? 443 : 80) { parts.port = nil }
        if parts.path == "/" { parts.path = "" }
        return parts.string ?? url
    }

    /// A readable end of the name and 32 bits of FNV-1a over all of it, which is enough to keep some dozens of projects apart.
    private static func slug(_ text: String) -> String {
        let hash = text.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        let words = text.split { !($0.isLetter || $0.isNumber) }.suffix(2).joined(separator: "-")
        return String(words.unicodeScalars.filter(\.isASCII).map(Character.init)) + "-" + String(hash, radix: 16)
    }
}

/// The options that say where actors come from, on every command that needs to know.
struct SourceOptions: ParsableArguments {
    @Flag(help: "The bundled project and a simulated RunPod: no account, no network, nothing to pay.")
    var demo = false

    @Option(help: "Serve this Actor Maker project folder.")
    var project: String?

    @Option(help: "Use the Actor Maker server at this address.")
    var server: String?

    @Option(help: "With --demo: how many simulated seconds pass in a real one (default: as before, 60 at first).")
    var timeScale: Double?

    @Flag(help: "With --demo: throw away the demo's project and trainings, and start anew.")
    var fresh = false

    @Option(
        parsing: .upToNextOption,
        help: "With --demo: what goes wrong; “simulate --help” has the names, and there are \(DemoTrouble.names).")
    var fault: [String] = []

    @Option(help: "Where our own files are kept (default: $XDG_STATE_HOME/actor-trainer).")
    var stateDir: String?

    @Option(help: "The configuration file (default: $XDG_CONFIG_HOME/actor-trainer/config.yaml).")
    var config: String?

    @Flag(help: "Look and never touch: everything that changes something is refused.")
    var readOnly = false

    @Option(help: "The port for RunPod's webhook (default: any free one, and the same again after a restart).")
    var webhookPort: Int?

    @Option(help: "The least that goes into the log file: trace, debug, info (all events), notice, warning, error or critical.")
    var logLevel = SourceOptions.usualLogLevel

    static let usualLogLevel = "info"

    func validate() throws {
        let chosen = [demo, project != nil, server != nil].count { $0 }
        guard chosen <= 1 else { throw ValidationError("choose one of --demo, --project and --server") }
        if let timeScale, !(1...100_000).contains(timeScale) {
            throw ValidationError("--time-scale takes a number from 1 to 100000")
        }
        guard demo || (!fresh && fault.isEmpty) else { throw ValidationError("--fresh and --fault go with --demo") }
        for name in fault where DemoTrouble(rawValue: name) == nil {
            do {
                _ = try FaultOrder(parsing: name)
            } catch .unknownFault(let name) {
                throw ValidationError("\(FaultOrderError.unknownFault(name)), \(DemoTrouble.names)")
            } catch {
                throw ValidationError("\(error)")
            }
        }
        guard Logger.Level(rawValue: logLevel) != nil else {
            throw ValidationError("--log-level takes one of: trace, debug, info, notice, warning, error, critical")
        }
        if let webhookPort, !(1...65535).contains(webhookPort) { throw ValidationError("--webhook-port takes 1 to 65535") }
    }

    var leastLogged: Logger.Level { Logger.Level(rawValue: logLevel) ?? .info }

    var stateFolder: String { Folders.absolute(stateDir ?? Folders.state) }

    /// The source that was asked for; else that of the configuration; else a project in the current folder; else nil.
    func resolve(_ settings: Settings) throws(Failure) -> Source? {
        if demo { return .demo(timeScale: timeScale, fresh: fresh, faults: fault) }
        if let project { return .project(try checked(project)) }
        if let server { return .server(try SourceOptions.address(server)) }
        if let url = settings.actorMakerURL { return .server(try SourceOptions.address(url)) }
        if let project = settings.project { return .project(try checked(project)) }
        if Folders.isFile(Folders.current + "/data/actorsData.json") { return .project(Folders.absolute(Folders.current)) }
        return nil
    }

    private func checked(_ path: String) throws(Failure) -> String {
        let folder = Folders.absolute(path)
        guard Folders.isFile(folder + "/data/actorsData.json") else {
            throw Failure(.prerequisite, "\(folder) is no Actor Maker project: it has no data/actorsData.json")
        }
        return folder
    }

    private static func address(_ text: String) throws(Failure) -> String {
        guard let url = URL(string: text), url.scheme == "http" || url.scheme == "https", url.host() != nil, url.user == nil,
            (1...65535).contains(url.port ?? 80)
        else {
            throw Failure(.usage, "\(text) is no address of a server; it should look like http://localhost:5173")
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
