import ArgumentParser
import Foundation
import Journal
import RunPodSimulator
import TerminalUI
import TrainingPorts

/// The RunPod simulator on its own.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Answer like RunPod's queue, with a scaled clock and faults on demand.",
        discussion: "Faults:\n" + Fault.allCases.map { "  \($0.rawValue): \($0.help)" }.joined(separator: "\n")
            + "\n\nOnly with --demo:\n" + DemoTrouble.allCases.map { "  \($0.rawValue): \($0.help)" }.joined(separator: "\n"))

    @Option(help: "The port (default: the one used before from this folder, else any free one).")
    var port: Int?

    @Option(help: "How many simulated seconds pass in a real one (default: as before, 60 at first).")
    var timeScale: Double?

    @Option(help: "What chance begins with.")
    var seed: UInt64 = 1

    @Option(help: "How many workers there are.")
    var workers = 3

    @Option(parsing: .upToNextOption, help: "What goes wrong: NAME, NAME=N for the first N jobs, NAME@MODEL for one model.")
    var fault: [String] = []

    @Option(help: "Where jobs, clock and models are kept (default: in the state folder).")
    var directory: String?

    @Flag(help: "End after a quarter of an hour without jobs and questions.")
    var exitWhenIdle = false

    @Option(help: "With --exit-when-idle: after so many seconds.")
    var idleSeconds: Double = 900

    @Option(help: "With --exit-when-idle: not while a program has this folder of trainings.")
    var neededBy: String?

    func validate() throws {
        if let timeScale, !(1...100_000).contains(timeScale) {
            throw ValidationError("--time-scale takes a number from 1 to 100000")
        }
        if let port, !(0...65535).contains(port) { throw ValidationError("--port takes 0 to 65535") }
        guard (0.01...1_000_000).contains(idleSeconds) else { throw ValidationError("--idle-seconds takes a number above 0") }
        guard (1...1000).contains(workers) else { throw ValidationError("--workers takes a number from 1") }
        for name in fault {
            do { _ = try FaultOrder(parsing: name) } catch { throw ValidationError("\(error)") }
        }
    }

    func run() async throws {
        let folder = URL(filePath: Folders.absolute(directory ?? Folders.state + "/simulator"))
        let isNew = !Folders.isFile(folder.path + "/simulator.json")
        let owned = neededBy.map(Folders.absolute)
        let configuration = SimulatorConfiguration(
            stateDirectory: folder, modelsDirectory: folder.appending(path: "models"), port: port ?? 0,
            timeScale: timeScale ?? (isNew ? 60 : nil),
            settings: SimulatorSettings(seed: seed, workers: workers, faults: try fault.map { try FaultOrder(parsing: $0) }),
            exitWhenIdle: exitWhenIdle, isNeeded: { owned.map(StateFolderLock.isHeld) ?? false }, idleTime: .seconds(idleSeconds))
        do {
            let server = try SimulatorServer(configuration) { address in
                Output.print(
                    DisplayText(untrusted: "RunPod's queue is simulated on \(address.base), models go to \(folder.path)/models"))
                Output.print(DisplayText(untrusted: "use it with RUNPOD_API_BASE=\(address.base), stop it with Ctrl-C"))
            }
            try await server.run()
        } catch let error as PortError {
            throw Failure(error)
        }
    }
}
