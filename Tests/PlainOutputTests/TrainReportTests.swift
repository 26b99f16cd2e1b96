import EngineAPI
import JSONText
import PlainOutput
import TerminalUI
import Testing
import Training

@Suite("What train prints")
struct TrainReportTests {
    @Test("a training from its start to its end is told in the script's lines")
    func wholeTraining() throws {
        var story = Story()
        story.happens(.jobQueued(QueuedJob(actor: ActorID(19), name: "0019_european_20_female", origin: .operator)))
        var report = TrainReport(jobs: [JobID(1)], ledger: story.ledger)
        var printed: [String] = []
        for event in Story.completed {
            printed += report.lines(for: .fact(story.happens(event))).map(\.string)
        }
        #expect(
            printed == [
                "========================================",
                "[Auto Train] Training 1/1",
                "========================================",
                "[Auto Train] Starting training for: 0019_european_20_female",
                "[Auto Train] Actor ID: 0019",
                "[Auto Train] Training images: 23",
                "[Auto Train] Parameters:",
                "[Auto Train]   - Steps: 2000",
                "[Auto Train]   - Learning Rate: 0.00025",
                "[Auto Train]   - Rank/Alpha: 16/8",
                "[Auto Train]   - Repeats: 2",
                "[Auto Train]   - Trigger: 0019_european_20_female",
                "[Auto Train] Found 23 training images in S3",
                "[Auto Train] Version: V7",
                "[Auto Train] Sending training request to RunPod...",
                "[Auto Train] ✓ Training started!",
                "[Auto Train] Job ID: abc-u1",
                "[Auto Train] ✓ Training version saved",
                "[Auto Train] Estimated duration: ~32 minutes",
                "[Auto Train] Webhook will notify when complete",
                "[Auto Train] Monitoring training for 0019_european_20_female...",
                "[Auto Train] [1m] Status: IN_QUEUE",
                "[Auto Train] [2m] Status: IN_PROGRESS",
                "[Auto Train] [3m] Status: COMPLETED",
                "[Auto Train] ✓ Training completed!",
                "[Auto Train] Model URL: s3://models/actor_0019_V7.safetensors",
            ])
    }

    @Test("a status is repeated once a minute and not more often")
    func minutes() throws {
        var story = Story()
        story.happens(.jobQueued(QueuedJob(actor: ActorID(19), name: "nineteen", origin: .operator)))
        var report = TrainReport(jobs: [JobID(1)], ledger: story.ledger)
        for event in Story.completed.prefix(6) { _ = report.lines(for: .fact(story.happens(event))) }
        let submitted = try #require(story.ledger[JobID(1)]?.latest.submittedAt)
        let half = report.lines(for: .reading(.tick(submitted + .seconds(90)))).map(\.string)
        let whole = report.lines(for: .reading(.tick(submitted + .seconds(130)))).map(\.string)
        let again = report.lines(for: .reading(.tick(submitted + .seconds(150)))).map(\.string)
        #expect(half.isEmpty)
        #expect(whole == ["[Auto Train] [2m] Status: IN_QUEUE"])
        #expect(again.isEmpty)
    }

    @Test("where two are in training their lines have names, and the last one's are the script's again")
    func names() {
        var story = Story()
        for (job, name) in [(1, "nineteen"), (2, "twenty")] {
            story.job = JobID(job)
            story.happens(.jobQueued(QueuedJob(actor: ActorID(18 + job), name: name, origin: .operator)))
        }
        var report = TrainReport(jobs: [JobID(1), JobID(2)], ledger: story.ledger)
        func lines(_ job: Int, _ events: ArraySlice<Event>) -> [String] {
            story.job = JobID(job)
            return events.flatMap { report.lines(for: .fact(story.happens($0))) }.map(\.string)
        }
        #expect(lines(1, Story.completed[..<6]).last == "[Auto Train] [1m] Status: IN_QUEUE")
        #expect(lines(2, Story.completed[..<6]).last == "[Auto Train] [1m] Status: IN_QUEUE (twenty)")
        let first = lines(1, Story.completed[6...])
        #expect(first.contains { $0.hasSuffix("Status: IN_PROGRESS (nineteen)") })
        #expect(first.contains("[Auto Train] ✓ Training completed! (nineteen)"))
        #expect(lines(2, Story.completed[6...]).contains("[Auto Train] ✓ Training completed!"))
    }

    @Test("what is said of other actors while the first training begins stands before its banner")
    func notesFirst() {
        var story = Story()
        story.happens(.jobQueued(QueuedJob(actor: ActorID(19), name: "nineteen", origin: .operator)))
        var report = TrainReport(jobs: [JobID(1)], ledger: story.ledger)
        let note = LogLine(time: story.now, severity: .warning, text: "V1 of somebody is pending")
        var printed = report.lines(for: .fact(story.happens(.preparationStarted)))
        printed += report.lines(for: .reading(.log(note)))
        printed += report.lines(for: .fact(story.happens(Story.completed[1])))
        #expect(printed.map(\.string).prefix(3).last == "[Auto Train] Training 1/1")
        #expect(printed.first?.string == "[Auto Train] ⚠️ V1 of somebody is pending")
        #expect(printed.count { $0.string.contains("is pending") } == 1)
    }

    @Test("where the simulator calls straight, no tunnel is claimed")
    func route() {
        func words(_ detail: String) -> String {
            SeedScript.route(RouteReading(state: .up, detail: detail, asOf: Story().now)).string
        }
        #expect(words("http://127.0.0.1:4711") == "[Auto Train] ✓ Tunnel not needed: the simulator is on this machine")
        #expect(words("https://a.ngrok.app") == "[Auto Train] ✓ Ngrok already running: https://a.ngrok.app")
    }

    @Test("jobs of others and their news are not printed")
    func others() {
        var story = Story()
        story.happens(.jobQueued(QueuedJob(actor: ActorID(19), name: "nineteen", origin: .operator)))
        var report = TrainReport(jobs: [], ledger: story.ledger)
        let lines = Story.completed.flatMap { report.lines(for: .fact(story.happens($0))) }
        #expect(lines.isEmpty)
    }

    @Test("a name with an escape sequence prints no escape")
    func harmless() {
        let actor = ActorProfile(
            id: ActorID(3), name: "\u{1B}[31mred\r\n", trainingDataGood: true, images: ImageCount(onS3: 9, synced: 9, recorded: 9)
        )
        let lines = SeedScript.cast([actor], in: Ledger())
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { line in line.string.unicodeScalars.allSatisfy { $0.value >= 0x20 } })
    }
}

@Suite("The summary of train")
struct TrainSummaryTests {
    @Test("each attempt is counted once; an uncertain one and one that a hold kept back have not failed")
    func counts() throws {
        var story = Story()
        story.happens(.jobQueued(QueuedJob(actor: ActorID(1), name: "one", origin: .operator)))
        for event in Story.completed { story.happens(event) }
        story.job = JobID(2)
        story.happens(.jobQueued(QueuedJob(actor: ActorID(2), name: "two", origin: .operator)))
        story.happens(.preparationStarted)
        story.happens(.submissionIntended(Intent(sending: 1)))
        story.happens(.submissionUncertain(Doubt(reason: "no answer")))
        story.job = JobID(3)
        story.happens(.jobQueued(QueuedJob(actor: ActorID(3), name: "three", origin: .operator)))
        story.happens(.cancelRequested)
        story.happens(.attemptEnded(Ending(outcome: .cancelled, at: story.now)))
        story.job = JobID(4)
        story.happens(.jobQueued(QueuedJob(actor: ActorID(4), name: "four", origin: .operator)))
        story.job = JobID(5)
        story.happens(.jobQueued(QueuedJob(actor: ActorID(5), name: "five", origin: .operator)))
        story.happens(.attemptEnded(Ending(outcome: .failed, at: story.now, reason: "no memory")))
        let summary = TrainSummary(story.ledger.jobs.map(\.latest), at: story.now)
        #expect(summary.json.text().hasPrefix(#"{"summary":{"processed":5,"successful":1,"failed":1,"cancelled":1,"cost":"#))
        #expect(summary.uncertain == 1 && summary.notSubmitted == 1)
        let lines = SeedScript.summary(summary).map(\.string)
        #expect(lines.contains("Successful: 1") && lines.contains("Failed: 2"))
        #expect(lines.contains("Uncertain: 1, it may be running; “jobs” shows it") && lines.contains("Not submitted: 1"))
    }
}
