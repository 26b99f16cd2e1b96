import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A tunnel's agent that we have started and that ends with us.
struct AgentProcess: Sendable {
    /// What it is called to the operator.
    let name: String
    /// A name that is searched in `PATH`, or a path.
    let program: String
    let arguments: [String]
    /// All that it gets of our environment.
    let environment: [String: String]
    /// What a line of its output tells.
    let read: @Sendable (String) -> AgentLogLine?

    /// Runs the agent until it ends or the task is cancelled; then it is asked to end, and after two seconds made to.
    /// - Returns: why it ended, in a sentence; a fault that it has told of before goes first.
    func run(onLine: @Sendable (AgentLogLine) async -> Void) async -> String {
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(2))]
        let variables = Dictionary(
            environment.compactMap { entry in Environment.Key(rawValue: entry.key).map { ($0, entry.value) } },
            uniquingKeysWith: { first, _ in first })
        do {
            let result = try await Subprocess.run(
                program.contains("/") ? .path(FilePath(program)) : .name(program), arguments: Arguments(arguments),
                environment: .custom(variables), platformOptions: options, input: .none, output: .sequence,
                error: .combinedWithOutput
            ) { execution in
                var fault: String?
                for try await text in execution.standardOutput.strings() {
                    guard let line = read(text) else { continue }
                    if case .failed(let sentence) = line { fault = sentence }
                    await onLine(line)
                }
                return fault
            }
            return result.closureResult ?? "\(name) has ended (\(result.terminationStatus)); start it by hand to see why"
        } catch {
            return
                "\(name) could not be started (\(program)); install it, or set ACTOR_TRAINER_PUBLIC_URL to an address of your own"
        }
    }
}
