import ArgumentParser
import EngineAPI
import Journal
import Orchestration
import PlainOutput
import TerminalUI
import Training
import TrainingPorts

/// Who there is, and who may be trained.
struct ActorsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "actors", abstract: "List the actors; one that is not eligible comes with every reason.")

    @OptionGroup var source: SourceOptions

    @Flag(help: "Only those who may be trained.")
    var eligible = false

    @Flag(help: "One JSON value a line.")
    var json = false

    func run() async throws {
        let (cast, ledger) = try await readCast(source)
        for note in cast.notes { Output.complain(note) }
        for actor in cast.actors {
            let verdict = Eligibility.judge(actor, in: ledger)
            guard verdict.isEligible || !eligible else { continue }
            if json {
                Output.print(actorJSON(actor, in: ledger))
            } else {
                let remarks = (verdict.reasons.map(\.text) + verdict.warnings.map(\.text)).joined(separator: ", ")
                let mark = verdict.isEligible ? "✓" : "✗"
                Output.print(
                    DisplayText(
                        untrusted: "\(mark) \(actor.id.padded) \(actor.name), \(actor.images.onS3) images"
                            + (remarks.isEmpty ? "" : " (\(remarks))")))
            }
        }
    }
}

/// What was asked for and how it stands.
struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "List the jobs that have not ended, or all of them.")

    @OptionGroup var source: SourceOptions

    @Flag(help: "Those that have ended, too.")
    var all = false

    @Flag(help: "One JSON value a line, with all attempts.")
    var json = false

    func run() async throws {
        let (snapshot, present) = try await readSnapshot(source, command: "jobs")
        let jobs = snapshot.ledger.jobs
        let shown = jobs.filter { all || !$0.isDone }
        for job in shown {
            if json { Output.print(jobJSON(job, in: snapshot, at: present)) } else { Output.print(jobLine(job, in: snapshot)) }
        }
        // Beside the output, which is empty for whoever counts its lines.
        if jobs.isEmpty {
            Output.complain("no trainings yet")
        } else if shown.isEmpty {
            Output.complain("none open; --all shows \(jobs.count)")
        }
    }

    private func jobLine(_ job: Job, in snapshot: Snapshot) -> DisplayText {
        let now = snapshot.now
        let attempt = job.latest
        let state = attempt.outcome?.words ?? attempt.phase.name.rawValue
        let version = attempt.version.map { " \($0)" } ?? ""
        let asOf = snapshot.lastSign(of: attempt).map { ", as of \($0.dateText) \($0.secondText) UTC" } ?? ""
        let reason = (attempt.phase.ending?.reason ?? attempt.phase.doubt).map { ": \($0)" } ?? ""
        let tries = job.attempts.count > 1 ? ", attempt \(job.attempts.count)" : ""
        return DisplayText(
            untrusted: "\(job.id) \(job.actorName)\(version) \(state), \(attempt.minutesText(at: now))\(tries)\(asOf)\(reason)"
        )
    }
}

/// All that has happened.
struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "events", abstract: "Print what has happened, oldest first.")

    @OptionGroup var source: SourceOptions

    @Flag(help: "Go on printing what happens; this starts the engine.")
    var follow = false

    @Flag(help: "One JSON value a line.")
    var json = false

    func run() async throws {
        guard follow else {
            let records = try await readEvents(source)
            for record in records { try show(record) }
            for remark in remarks(on: records) { Output.complain(remark) }
            return
        }
        let code = try await withSession(source, command: "events", mayContinue: false) { session in
            for record in try session.events() { try show(record) }
            let attachment = await session.engine.attach()
            for await update in attachment.updates {
                if case .fact(let record) = update { try show(record) }
            }
            return 0
        }
        throw ExitCode(code)
    }

    private func show(_ record: EventRecord) throws {
        if json {
            Output.print(try eventJSON(record))
        } else {
            Output.print(DisplayText(untrusted: "\(record.time) \(record.sentence)"))
        }
    }
}
