import Foundation
import Journal
import RunPodSimulator
import SystemSurroundings
import Training
import TrainingPorts

/// Everything that the programs need around them, in a temporary folder that goes with it: a project, a state folder with a full log,
/// a simulated RunPod, and five trainings in the middle.
final class Stage {
    static let trainings = 5
    static let loggedEvents = 5000

    let folder: String
    private let program: String
    private let watchdog: Watchdog
    private var simulator: PseudoTerminal?

    /// - Parameter program: the path of `actor-trainer`.
    init(program: String, watchdog: Watchdog) throws {
        self.program = program
        self.watchdog = watchdog
        folder = FileManager.default.temporaryDirectory.path + "/dashboard-benchmark-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        simulator?.end()
        try? FileManager.default.removeItem(atPath: folder)
    }

    // MARK: Programs

    var environment: [String: String] {
        let own = ProcessInfo.processInfo.environment
        return [
            "PATH": own["PATH"] ?? "/usr/bin:/bin", "HOME": folder, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8",
            "XDG_STATE_HOME": folder + "/xdg-state", "XDG_CONFIG_HOME": folder + "/xdg-config",
            "RUNPOD_API_KEY": "simulated", "MODEL_TRAINING_RUNPOD_ENDPOINT_ID": "benchmark",
        ]
    }

    /// The dashboard over one of the projects, as it is started for a measurement.
    func dashboard(_ project: String, runPod base: String) -> Contestant {
        Contestant(
            command: [program, "dashboard"] + options(project),
            environment: environment.merging(["RUNPOD_API_BASE": base]) { $1 }, watchdog: watchdog)
    }

    /// Builds the yardstick with the machine's C compiler.
    func list() throws -> Contestant {
        guard let source = Bundle.module.path(forResource: "list", ofType: "c", inDirectory: "Resources") else {
            throw BenchmarkError("list.c does not lie beside the benchmark")
        }
        let binary = folder + "/list"
        try run(["cc", "-O2", source, "-o", binary, "-lncursesw"], in: environment)
        return Contestant(command: [binary], environment: environment, watchdog: watchdog)
    }

    private func options(_ project: String) -> [String] {
        ["--project", folder + "/" + project, "--state-dir", folder + "/state-of-" + project]
    }

    /// Runs a short program to its end.
    private func run(_ command: [String], in environment: [String: String]) throws {
        let terminal = try PseudoTerminal(command, environment: environment, watchdog: watchdog)
        let (code, output) = try terminal.finish(atMost: .seconds(30))
        guard code == 0 else { throw BenchmarkError("\(command.joined(separator: " ")) failed: \(output)") }
    }

    // MARK: What was there before

    /// Starts the simulator; gives the base address of its API.
    func startSimulator() async throws -> String {
        let home = folder + "/simulator"
        let command = [program, "simulate", "--directory", home, "--time-scale", "1", "--workers", "\(Stage.trainings)"]
        simulator = try PseudoTerminal(command, environment: environment, watchdog: watchdog)
        return try await SimulatorFinder(stateDirectory: URL(filePath: home)).findStarted().address.base
    }

    /// A project without any training, and a full log.
    func prepareQuiet(_ project: String) throws {
        _ = try InventedProject(at: folder + "/" + project)
        try run([program, "actors"] + options(project) + ["--json"], in: environment)
        try fillLog(of: project)
    }

    /// A project with five trainings that are half done, and a full log.
    func prepareBusy(_ project: String, runPod base: String) async throws {
        _ = try InventedProject(at: folder + "/" + project)
        let actors = (0..<Stage.trainings).map(String.init)
        let command = [program, "train"] + actors + ["--parallel", "\(Stage.trainings)", "--yes"] + options(project)
        let train = try PseudoTerminal(
            command, environment: environment.merging(["RUNPOD_API_BASE": base]) { $1 }, watchdog: watchdog)
        try train.wait(for: "Training version saved", times: actors.count, atMost: .seconds(15))
        try train.write([3])
        _ = try train.finish(atMost: .seconds(15))
        // Past the cold starts and well into the steps; nobody watches meanwhile, as after a night.
        let url = base.replacing("/v2", with: "")
        guard await SimulatorFinder.skip(url, seconds: 600) != nil else { throw BenchmarkError("the simulator cannot skip") }
        try fillLog(of: project)
    }

    private func fillLog(of project: String) throws {
        let state = folder + "/state-of-" + project
        guard let own = try FileManager.default.contentsOfDirectory(atPath: state).first(where: { $0.hasPrefix("project-") })
        else { throw BenchmarkError("the program has made no state folder for the project") }
        let journal = try SQLiteJournal(path: "\(state)/\(own)/journal.sqlite", random: SystemRandom())
        let newest = try journal.events(after: 0).last?.time ?? ContinuousEngineClock.wall().now()
        let notes = (0..<Stage.loggedEvents).map { number in
            let text =
                "event \(number) of the benchmark: step \(number * 7 % 1500) of 1500, loss 0.0\(number % 90 + 10), all is well"
            let severity: Note.Severity = number.isMultiple(of: 9) ? .warning : .info
            return EventDraft(time: newest, by: "engine", event: .noted(Note(severity: severity, text: text)))
        }
        _ = try journal.append(notes, payloads: [])
    }
}

extension PseudoTerminal {
    /// Reads until the program has ended.
    /// - Returns: its exit code, 128 and more after a signal, and the end of its output.
    func finish(atMost patience: Duration) throws(BenchmarkError) -> (code: Int32, output: String) {
        var output: [UInt8] = []
        let start = ContinuousClock.now
        while ContinuousClock.now - start < patience {
            output = (output + (try read(within: .milliseconds(20)))).suffix(4096)
            if let code = reap() { return (code, String(decoding: output, as: UTF8.self)) }
        }
        throw BenchmarkError("a program did not end within \(patience): \(String(decoding: output, as: UTF8.self))")
    }
}
