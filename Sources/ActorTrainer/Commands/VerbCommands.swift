import ArgumentParser
import EngineAPI
import Orchestration
import TerminalUI
import Training

/// The jobs that a verb is about, by our job id, RunPod's id or the actor's number.
struct JobTargets: ParsableArguments {
    @Argument(help: "Jobs: j12, RunPod's id, or an actor's number.")
    var jobs: [String]

    /// - Throws: `Failure` where a name fits no job; nothing is done to any of them then.
    func resolve(in ledger: Ledger) throws(Failure) -> [JobID] {
        var found: [JobID] = []
        for name in jobs { found.append(try job(name, in: ledger)) }
        return found
    }

    private func job(_ name: String, in ledger: Ledger) throws(Failure) -> JobID {
        if let id = JobID(parsing: name) {
            guard ledger[id] != nil else { throw Failure(.usage, "there is no job \(name)") }
            return id
        }
        if let actor = ActorID(parsing: name) {
            guard let job = ledger.jobs.last(where: { $0.actor == actor }) else {
                throw Failure(.usage, "actor \(name) has no job")
            }
            return job.id
        }
        let runpod = RunPodID(name)
        guard let job = ledger.jobs.last(where: { $0.attempts.contains { $0.runpod?.names(theSameJobAs: runpod) == true } })
        else {
            throw Failure(.usage, "no job is called \(name); “jobs --all” lists them")
        }
        return job.id
    }
}

/// Stops jobs, at RunPod too.
struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "cancel", abstract: "Stop jobs, at RunPod too.")

    @OptionGroup var source: SourceOptions
    @OptionGroup var targets: JobTargets

    @Flag(help: "Wait until RunPod says that they have ended.")
    var wait = false

    func run() async throws {
        let code = try await withSession(source, command: "cancel", mayContinue: false, purpose: .steering) { session in
            let jobs = try targets.resolve(in: await session.ledger())
            // Without --wait RunPod gets some seconds to confirm; the engine repeats the cancel whenever it runs.
            let code = try await session.command(.cancel(jobs), atMost: wait ? nil : .seconds(10)) { snapshot in
                jobs.compactMap { snapshot.ledger[$0]?.latest }.allSatisfy { $0.phase.isDone || $0.phase.name == .uncertain }
            }
            await tellEnds(of: jobs, session)
            return code
        }
        throw ExitCode(code)
    }

    /// What was asked for and has come true: which has ended and how, and which nobody can tell of.
    private func tellEnds(of jobs: [JobID], _ session: Session) async {
        let ledger = await session.ledger()
        // What had never left has been told of by the answer.
        for job in jobs.compactMap({ ledger[$0] }) where job.latest.submittedAt != nil || job.latest.isAdopted {
            let name = "\(job.id) \(job.actorName)" + (job.latest.version.map { " \($0)" } ?? "")
            if let ending = job.latest.phase.ending {
                let reason = ending.outcome == .completed ? nil : ending.reason
                Output.print(.init(untrusted: "\(name) has ended: \(ending.outcome.words)" + (reason.map { ", \($0)" } ?? "")))
            } else if job.latest.phase.name == .uncertain {
                Output.print(.init(untrusted: "\(name) is uncertain; it is cancelled as soon as its id is known"))
            }
        }
    }
}

/// Gives jobs another attempt.
struct RetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Queue another attempt of jobs, with a new version; submitted when an engine runs.")

    @OptionGroup var source: SourceOptions
    @OptionGroup var targets: JobTargets

    func run() async throws {
        let code = try await withSession(source, command: "retry", mayContinue: false, purpose: .steering) { session in
            try await session.command(.retry(try targets.resolve(in: await session.ledger()))) { _ in true }
        }
        throw ExitCode(code)
    }
}

/// Ends an attempt that is uncertain, or that RunPod does not know, by the operator's word.
struct ResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve", abstract: "Say what became of a job that is uncertain or unknown to RunPod; the reason is kept.")

    @OptionGroup var source: SourceOptions

    @Argument(help: "The job: j12, or an actor's number.")
    var job: String

    @Option(name: .customLong("as"), help: "completed, failed or never-submitted.")
    var outcome: String

    @Option(help: "How you know.")
    var because: String

    func validate() throws {
        guard word != nil else { throw ValidationError("--as takes completed, failed or never-submitted") }
    }

    private var word: Outcome? {
        switch outcome {
        case "completed": .completed
        case "failed": .failed
        case "never-submitted", "never_submitted": .neverSubmitted
        default: nil
        }
    }

    func run() async throws {
        guard let word else { return }
        let code = try await withSession(source, command: "resolve", mayContinue: false, purpose: .steering) { session in
            var targets = JobTargets()
            targets.jobs = [job]
            let ids = try targets.resolve(in: await session.ledger())
            return try await session.command(.resolve(ids[0], word, because: because)) { _ in true }
        }
        throw ExitCode(code)
    }
}
