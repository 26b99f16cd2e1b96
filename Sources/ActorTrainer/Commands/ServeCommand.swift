import ArgumentParser
import EngineAPI
import Orchestration
import TerminalUI
import Training

/// The engine and the embedded server without a screen.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the engine and the embedded Actor Maker server without a screen.")

    @OptionGroup var source: SourceOptions

    @Option(help: "The embedded server's port.")
    var port = 5173

    func run() async throws {
        let code = try await withSession(source, command: "serve", mayContinue: false, serverPort: port) { session in
            if let address = session.serverAddress {
                Output.print(.init(untrusted: "Actor Maker API on \(address); stop with Ctrl-C"))
            } else {
                Output.print(.init(untrusted: "watching \(session.source.label); stop with Ctrl-C"))
            }
            for await update in await session.engine.attach().updates {
                if case .fact(let record) = update { Output.print(.init(untrusted: "\(record.time) \(record.sentence)")) }
            }
            return 0
        }
        throw ExitCode(code)
    }
}
