import Foundation
import RunPodSimulator
import TrainingPorts

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The demo's simulated RunPod: a process of its own that outlives the dashboard, so that a killed dashboard finds its trainings again.
struct DemoSimulator {
    /// Its folder: jobs, clock, accepted log, models, and its port.
    let folder: String
    let timeScale: Double
    let faults: [String]

    private var finder: SimulatorFinder { SimulatorFinder(stateDirectory: URL(filePath: folder)) }

    /// Finds the running one or starts one, and gives the base address of its API.
    func ready() async throws(Failure) -> String {
        do {
            // Faults are chosen when a simulator starts; jobs, clock and models survive its end.
            if !faults.isEmpty { await stop() }
            if let found = await finder.find() {
                if found.description.scale != timeScale { _ = await SimulatorFinder.rescale(found.address.url, to: timeScale) }
                return found.address.base
            }
            try start()
            return try await finder.findStarted().address.base
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.prerequisite, "\(error); its messages are in \(folder)/simulator.log", cause: error)
        }
    }

    /// Stops the running one.
    func stop() async {
        guard let found = await finder.find(), await SimulatorFinder.stop(found.address.url) else { return }
        for _ in 0..<250 where await finder.find() != nil { try? await Task.sleep(for: .milliseconds(20), clock: .continuous) }
    }

    /// Stops it and takes away its jobs, clock and models.
    func forget() async {
        await stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// In a session of its own: Ctrl-C in the dashboard's terminal must not reach it.
    private func start() throws(Failure) {
        guard let program = Bundle.main.executablePath else {
            throw Failure(.prerequisite, "the program does not know its own path")
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw Failure(.prerequisite, "the simulator's folder \(folder) cannot be made", cause: error)
        }
        var arguments = [program, "simulate", "--directory", folder, "--time-scale", String(timeScale), "--exit-when-idle"]
        if !faults.isEmpty { arguments += ["--fault"] + faults }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, DemoSimulator.newSession)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, folder + "/simulator.log", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var words = arguments.map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var pid = pid_t()
        let code = posix_spawn(&pid, program, &actions, &attributes, &words, environ)
        guard code == 0 else {
            throw Failure(.prerequisite, "the simulator cannot be started: \(String(cString: strerror(code)))")
        }
    }

    /// `POSIX_SPAWN_SETSID`, which glibc's header shows to GNU sources only.
    #if canImport(Darwin)
        private static let newSession: Int16 = 0x0400
    #else
        private static let newSession: Int16 = 0x80
    #endif
}
