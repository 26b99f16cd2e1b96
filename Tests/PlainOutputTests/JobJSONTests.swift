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

    @Test("a finished job has its times from RunPod, its cost and its model")
    func finished() throws {
        let snapshot = snapshot(after: Story.completed.count)
        let json = jobJSON(try #require(snapshot.ledger.jobs.first), in: snapshot)
        #expect(json["outcome"] == "completed")
        #expect(json["queue_seconds"]?.double == 320.165)
        #expect(json["training_seconds"]?.double == 1558.769)
        #expect(json["cost"]?["actual"]?.double == 0.483)
        #expect(json["model_url"] == "s3://models/actor_0019_V7.safetensors")
        #expect(json["error"] == .null)
        #expect(json["attempts"]?.array?.count == 1)
    }
}
