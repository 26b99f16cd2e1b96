import Foundation

/// Runs the dashboard with 300 actors, five trainings and a full log beside a bare list in C, and prints how they compare.
///
/// `swift run -c release DashboardBenchmark [ROUNDS]`. It is no test: what it prints depends on the machine and on what else that does.
@main
enum Benchmark {
    static let defaultRounds = 3

    static func main() async {
        do {
            try await run(rounds: CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? defaultRounds)
        } catch {
            FileHandle.standardError.write(Data("benchmark: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func run(rounds: Int) async throws {
        let watchdog = Watchdog(limit: .seconds(110))
        let stage = try Stage(program: try program(), watchdog: watchdog)
        print(circumstances(rounds))
        let list = try stage.list()
        let base = try await stage.startSimulator()
        try await stage.prepareBusy("busy", runPod: base)
        try stage.prepareQuiet("quiet")
        let busy = stage.dashboard("busy", runPod: base)

        var (dashboards, lists, idle): ([Round], [Round], [Idleness]) = ([], [], [])
        for number in 1...max(1, rounds) {
            let (bare, listed) = try list.round()
            lists.append(listed)
            if number == rounds { idle.append(try Idleness(of: bare, named: "idle, the list", for: 2)) }
            bare.end()
            let (dashboard, measured) = try busy.round()
            dashboards.append(measured)
            if number == rounds { idle.append(try Idleness(of: dashboard, named: "idle, 5 trainings running", for: 10)) }
            dashboard.end()
        }
        let (quiet, _) = try stage.dashboard("quiet", runPod: base).start()
        try quiet.settle(for: .seconds(2))
        idle.append(try Idleness(of: quiet, named: "idle, no training open", for: 10))
        quiet.end()
        print(([[Row](dashboards, lists).text] + idle.map(\.text)).joined(separator: "\n"))
        withExtendedLifetime(stage) {}
    }

    /// The program under test lies beside this one: SwiftPM builds both in one configuration.
    private static func program() throws -> String {
        guard let own = Bundle.main.executableURL?.resolvingSymlinksInPath() else {
            throw BenchmarkError("the benchmark does not know where it lies")
        }
        let path = own.deletingLastPathComponent().appending(path: "actor-trainer").path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw BenchmarkError("\(path) is not there; build it with “swift build -c release --product actor-trainer”")
        }
        return path
    }

    private static func circumstances(_ rounds: Int) -> String {
        #if DEBUG
            let configuration = "DEBUG build (only release counts)"
        #else
            let configuration = "release build"
        #endif
        let system = ProcessInfo.processInfo
        let load = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8))?.split(separator: " ").first ?? "unknown"
        return """
            \(configuration), \(system.activeProcessorCount) processors, load \(load), \(system.operatingSystemVersionString); \
            120x40 pseudo-terminals, xterm-256color, \(rounds) rounds of 400 + 200 keys one at a time and 5 x 500 at once
            """
    }
}
