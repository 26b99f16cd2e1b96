import EngineAPI
import JSONText
import PlainOutput
import Testing
import Training

@Suite("A job as JSON")
struct JobJSONTests {
    private func snapshot(after count: Int) -> Snapshot {
        var story = Story()
        story.happens(.jobQueued(QueuedJob(actor: ActorID(19), name: "nineteen", origin: .operator)))
        for event in Story.completed.prefix(count) { story.happens(event) }
        let source = SourceDescription(kind: .demo, label: "demo", isSimulation: true)
        return Snapshot(now: story.now, ledger: story.ledger, source: source, cast: CastReading())
    }

    @Test("what is not known is null and never 0")
    func unknown() throws {
        let snapshot = snapshot(after: 0)
        let job = try #require(snapshot.ledger.jobs.first)
        let json = jobJSON(job, in: snapshot)
        for key in [
            "version", "outcome", "runpod_id", "request_id", "submitted_at", "started_at", "steps", "step", "eta_seconds",
            "model_url",
        ] {
            #expect(json[key] == .null, "\(key)")
        }
        #expect(json["phase"] == "queued")
        #expect(json["cost"]?["estimated"] == .null)
    }

    @Test("an open job without an engine is as old as the last that was recorded, and counts no longer than to there")
    func asOf() throws {
        let snapshot = snapshot(after: 7)
        let json = jobJSON(try #require(snapshot.ledger.jobs.first), in: snapshot)
        #expect(json["phase"] == "training")
        let seen = try #require(json["as_of"]?.string.flatMap(Timestamp.init(parsing:)))
        #expect(snapshot.now - seen == .minutes(1))
        #expect(json["elapsed_minutes"]?.double == 3)
        #expect(json["elapsed_approximate"] == false)
    }

    @Test("the age of what is known counts from its last sign to the present; an ended job has none")
    func age() throws {
        let snapshot = snapshot(after: 7)
        let job = try #require(snapshot.ledger.jobs.first)
        #expect(jobJSON(job, in: snapshot)["status_age_seconds"]?.double == 60)
        #expect(jobJSON(job, in: snapshot, at: snapshot.now + .minutes(2))["status_age_seconds"]?.double == 180)
        let ended = self.snapshot(after: Story.completed.count)
        #expect(jobJSON(try #require(ended.ledger.jobs.first), in: ended)["status_age_seconds"] == .null)
    }

    @Test("who has completed has made all steps, whatever was read last; who failed has not")
    func whole() throws {
        var done = snapshot(after: Story.completed.count)
        let id = try #require(done.ledger.jobs.first).latest.id
        let reading = ProgressReading(progress: TrainingProgress(step: 1405, steps: 2000), asOf: done.now)
        done.progress[id] = reading
        let json = jobJSON(try #require(done.ledger.jobs.first), in: done)
        #expect(json["progress"]?.double == 1 && json["step"]?.int == 2000)
        var open = snapshot(after: 7)
        open.progress[id] = reading
        #expect(jobJSON(try #require(open.ledger.jobs.first), in: open)["progress"]?.double == 0.7025)
    }

    @Test("the time left is the estimate's middle, less what has passed since it was made")
    func left() throws {
        var snapshot = snapshot(after: 7)
        let job = try #require(snapshot.ledger.jobs.first)
        snapshot.progress[job.latest.id] = ProgressReading(
            progress: TrainingProgress(step: 10, steps: 2000), asOf: snapshot.now + .seconds(-40), rate: 1,
            left: TimeEstimate(low: .seconds(100), high: .seconds(300), basis: .measured))
        #expect(jobJSON(job, in: snapshot)["eta_seconds"]?.double == 160)
    }

    @Test("what nobody watched is marked as approximate, and RunPod's column says that it is gone")
    func approximate() throws {
        var story = Story()
        story.happens(.jobQueued(QueuedJob(actor: ActorID(19), name: "nineteen", origin: .operator)))
        for event in Story.completed.prefix(7) { story.happens(event) }
        let seen = story.now
        story.happens(.statusObserved(RunPodObservation(state: .gone, delayTime: 60_000)))
        story.now = story.now + .hours(5)
        let sign = LastSign(at: seen + .minutes(20), basis: .model)
        story.happens(.attemptEnded(Ending(outcome: .completed, at: story.now, model: "s3://b/k", unwatched: sign)))
        let source = SourceDescription(kind: .demo, label: "demo", isSimulation: true)
        let snapshot = Snapshot(now: story.now, ledger: story.ledger, source: source, cast: CastReading())
        let job = try #require(snapshot.ledger.jobs.first)
        let json = jobJSON(job, in: snapshot)
        #expect(json["runpod_status"] == "GONE")
        #expect(json["as_of"] == .null)
        #expect(json["elapsed_minutes"]?.double == 23)
        #expect(json["training_seconds"]?.double == 1320)
        #expect(json["elapsed_approximate"] == true && json["training_approximate"] == true)
        #expect(json["cost"]?["approximate"] == true && json["cost"]?["actual"] == .null)
        #expect(json["cost"]?["so_far"]?.double == 0.409)
        #expect(TrainSummary([job.latest], at: story.now).isCostApproximate)
    }

    @Test("a finished job has its times from RunPod, its cost and its model")
    func finished() throws {
        let snapshot = snapshot(after: Story.completed.count)
        let json = jobJSON(try #require(snapshot.ledger.jobs.first), in: snapshot)
        #expect(json["outcome"] == "completed")
        #expect(json["queue_seconds"]?.double == 320.165)
        #expect(json["training_seconds"]?.double == 1558.769)
        #expect(json["cost"]?["actual"]?.double == 0.483)
        #expect(json["cost"]?["actual_from"] == "execution_time_and_list_price")
        #expect(json["model_url"] == "s3://models/actor_0019_V7.safetensors")
        #expect(json["error"] == .null)
        #expect(json["attempts"]?.array?.count == 1)
    }
}
