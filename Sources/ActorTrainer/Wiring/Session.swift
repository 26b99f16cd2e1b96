import EngineAPI
import Foundation
import Journal
import Orchestration
import TerminalUI
import Training
import TrainingPorts

/// What a command has of the engine while it runs.
struct Session: Sendable {
    let engine: TrainingOrchestrator
    let journal: SQLiteJournal
    let source: SourceDescription
    let clock: any EngineClock
    /// Our own folder for this source.
    let folder: String
    /// Whether a finished model is added to its manifest by us; behind a foreign server its own sync does it.
    let keepsManifests: Bool
    /// What is missing before anything can be submitted; nil where nothing is.
    let obstacle: String?
    /// Where the embedded server listens; nil where there is none.
    let serverAddress: String?
    /// Where the operator is told things; whoever owns the terminal takes it over.
    let notices: NoticeOutlet
    let preflight: Preflight
    /// Whether the engine asks RunPod what a training costs.
    let asksPrices: Bool

    func events() throws(Failure) -> [EventRecord] {
        do { return try journal.events(after: 0) } catch { throw Failure(error) }
    }

    func ledger() async -> Ledger { await engine.attach().snapshot.ledger }

    /// Looks at what a training of these actors needs, as they are now.
    func preflight(_ actors: [ActorID]) async -> PreflightReport {
        let snapshot = await engine.attach().snapshot
        let profiles = snapshot.cast.actors.filter { actors.contains($0.id) }
        let plans = profiles.map { TrainingPlan(for: $0, in: snapshot.ledger, prices: snapshot.priceOutlook) }
        let versions = Dictionary(profiles.map { ($0.id, $0.versions) }, uniquingKeysWith: { first, _ in first })
        var report = await preflight.report(on: plans, versions: versions, ledger: snapshot.ledger)
        report.asOf = clock.now()
        return report
    }

    func perform(_ command: Command) async -> Reply {
        await engine.perform(CommandEnvelope(id: UUID().uuidString, by: "command line", command: command))
    }

    /// Performs a command and waits until it has come true, or for `patience`.
    /// - Returns: the exit code.
    func command(
        _ command: Command, atMost patience: Duration? = nil, until isTrue: @escaping @Sendable (Snapshot) -> Bool
    ) async throws -> Int32 {
        let attachment = await engine.attach()
        switch await perform(command) {
        case .refused(let message): throw Failure(.refused, message)
        case .accepted(let message, _, _): Output.print(.init(untrusted: message))
        }
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                var snapshot = attachment.snapshot
                for await update in attachment.updates {
                    snapshot.take(update)
                    if isTrue(snapshot) { return true }
                }
                return false
            }
            if let patience {
                group.addTask {
                    try? await Task.sleep(for: patience, clock: .continuous)
                    return false
                }
            }
            let came = await group.next() ?? false
            group.cancelAll()
            if !came, patience != nil { Output.print("asked for; RunPod has not confirmed it yet, “jobs” shows when it has") }
            return 0
        }
    }
}
