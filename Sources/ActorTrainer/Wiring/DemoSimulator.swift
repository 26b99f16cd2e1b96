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
    /// The demo's part of the state folder: while a program owns it, the simulator does not end by itself.
    let demo: String
    /// Nil for its pace as before, and 60 at first.
    var timeScale: Double?
    let faults: [String]
    /// One that runs, or has run, is left at its pace whatever was asked for.
    let onlyLooks: Bool

    /// Its folder: jobs, clock, accepted log, models, and its port.
    var folder: String { demo + "/simulator" }

    /// The pace that it is to have from now on; nil leaves it.
    private var pace: Double? { onlyLooks && Folders.isFile(folder + "/clock.json") ? nil : timeScale }

    private var finder: SimulatorFinder { SimulatorFinder(stateDirectory: URL(filePath: folder)) }

    /// Finds the running one or starts one, and gives the base address of its API.
    func ready() async throws(Failure) -> String {
        do {
            // Faults are chosen when a simulator starts; jobs, clock and models survive its end.
            if !faults.isEmpty { await stop() }
            if let found = await finder.find() {
                if let pace, found.description.scale != pace {
                    _ = await SimulatorFinder.rescale(found.address.url, to: pace)
                }
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

    /// Starts it again where it has ended, with its jobs and at its own pace.
    /// - Parameter base: where it was: whoever asks there cannot follow it to another port.
    /// - Returns: whether it had ended and answers there again.
    func revived(at base: String) async -> Bool {
        // Whoever is leaving hears nothing from anybody: that is no sign that it has ended.
        guard await finder.find() == nil, !Task.isCancelled else { return false }
        var again = self
        again.timeScale = nil
        do {
            try again.start()
            return try await finder.findStarted().address.base == base
        } catch {
            return false
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

    /// What it is started with.
    var arguments: [String] {
        ["simulate", "--directory", folder, "--exit-when-idle", "--needed-by", demo]
            + (pace.map { ["--time-scale", String($0)] } ?? []) + (faults.isEmpty ? [] : ["--fault"] + faults)
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
        var words = ([program] + arguments).map { strdup($0) } + [nil]
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
