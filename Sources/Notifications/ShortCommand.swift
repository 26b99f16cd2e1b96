import Subprocess
import TrainingPorts

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A program of the operator's that is given a text on its standard input and has a time to end. No shell is in between.
struct ShortCommand: Sendable {
    /// A path, or a name that is searched in `PATH`.
    var program: String
    var arguments: [String]
    /// Our own, of which the program gets what it needs to reach the desktop, and none of our keys.
    var environment: [String: String]
    var limit: Duration

    /// What a program needs to find its files and the operator's desktop. An explicit list: keys lie in the environment, too.
    private static let passedOn: Set<String> = [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "TZ", "TMPDIR", "DISPLAY",
        "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS",
    ]

    private enum End: Sendable {
        case ended(TerminationStatus, String)
        case late
        case broken
    }

    /// - Returns: what it printed, cut to 4 KiB.
    /// - Throws: `PortError` that names how it ended, never what it was given.
    @discardableResult
    func run(_ input: String) async throws(PortError) -> String {
        switch await end(input) {
        case .ended(let status, let output):
            guard status.isSuccess else { throw PortError(.refused, "it ended with \(ShortCommand.words(status))") }
            return output
        case .late: throw PortError(.unreachable, "it had not ended after \(limit) and was ended")
        case .broken: throw PortError(.notFound, "it could not be run; look whether its path is right and it may be executed")
        }
    }

    private func end(_ input: String) async -> End {
        await withTaskGroup(of: End.self) { group in
            group.addTask { await started(input) }
            group.addTask {
                try? await Task.sleep(for: limit, clock: .continuous)
                return .late
            }
            let first = await group.next() ?? .broken
            group.cancelAll()
            return first
        }
    }

    private func started(_ input: String) async -> End {
        var options = PlatformOptions()
        // In a group of its own, so that what it has started ends with it.
        options.createSession = true
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(1))]
        let variables = Dictionary(
            environment.filter { ShortCommand.passedOn.contains($0.key) }
                .compactMap { entry in Environment.Key(rawValue: entry.key).map { ($0, entry.value) } },
            uniquingKeysWith: { first, _ in first })
        do {
            let input = try HandedText.open(input)
            let result = try await Subprocess.run(
                program.contains("/") ? .path(FilePath(program)) : .name(program), arguments: Arguments(arguments),
                environment: .custom(variables), platformOptions: options,
                input: .fileDescriptor(input, closeAfterSpawningProcess: true), output: .string(limit: 4096),
                error: .discarded)
            return .ended(result.terminationStatus, result.standardOutput)
        } catch {
            return .broken
        }
    }

    private static func words(_ status: TerminationStatus) -> String {
        switch status {
        case .exited(let code): "exit code \(code)"
        case .signaled(let signal): "signal \(signal)"
        }
    }
}
