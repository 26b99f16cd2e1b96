import EngineAPI
import TerminalUI
import Testing
import Training

@testable import Dashboard

@Suite("The pane of trainings, row by row")
struct TrainingsPictureTests {
    @Test("80 columns hold every figure of a training, money too")
    func trainings() {
        var expected = World.picture()
        expected.cover(from: 2, "┌─ 1 Actors · 3 of 9 eligible · as of 14:00 ───────────────────────────────────┐")
        expected.cover(
            from: 7,
            "└──────────────────────────────────────────────────────────────────────────────┘",
            "┌─ > 2 Trainings · 3 open of 4 · $0.19 of ≈ $1.38 ─────────────────────────────┐",
            "│   job id   ver phase      RunPod      time done   step      left     #   cost│",
            "│>  j2  0031 V1  training   IN_PROGRESS  13m ██▋░░░ 900/2000  12–16m   1 $0.19+│",
            "│   j3  0042 V1  UNCERTAIN  –             0m may be paid; v resolves   1      ?│",
            "│   j4  0009 –   queued     –             0m waits for a free place    1 ≈$0.38│",
            "│   j1  0019 V8  failed     FAILED       21m CUDA out of memory        1  $0.31│",
            "│                                                                              │")
        expected.cover(
            from: 22,
            " j2 0031_asian_22_male · $0.19 so far · asked 14:34 · RunPod job rp2-u1",
            " ? help  q leave  Tab pane  Space mark  a all  x cancel  R retry failed")
        #expect(World.picture(after: "2") == expected)
    }

    @Test("60 columns keep phase, time, bar, what is left, tries and money")
    func narrowTrainings() {
        #expect(
            World.picture(width: 60, height: 15, after: "2") == [
                " actor-trainer   SIMULATION ×60   demo            14:34 UTC",
                " 1 training · 1 queued  1 UNCERTAIN  $0.94/h",
                "  1 Actors  [2 Trainings]  3 Log",
                "┌─ > 2 Trainings · 3 open of 4 · $0.19 of ≈ $1.38 ─────────┐",
                "│   job id     ver phase      time done   left     #   cost│",
                "│>  j2  0031   V1  training    13m ██▋░░░ 12–16m   1 $0.19+│",
                "│   j3  0042   V1  UNCERTAIN    0m may be paid; v… 1      ?│",
                "│   j4  0009   –   queued       0m waits for a fr… 1 ≈$0.38│",
                "│   j1  0019   V8  failed      21m CUDA out of me… 1  $0.31│",
                "│                                                          │",
                "│                                                          │",
                "│                                                          │",
                "└──────────────────────────────────────────────────────────┘",
                " j2 0031_asian_22_male · $0.19 so far · asked 14:34 · RunP…",
                " ? help  q leave  Tab pane  Space mark  a all  x cancel",
            ])
    }

    @Test(
        "a completed training shows the end of its model's file name, not the start of its address",
        arguments: [60, 80, 120, 200])
    func model(width: Int) {
        var world = World()
        world.train(1, actor: 5, version: 3)
        world.happen(
            .attemptEnded(
                Ending(outcome: .completed, at: world.now, model: "s3://a-bucket/some/folder/actor_0005_V3.safetensors")),
            job: 1)
        var state = world.state(width: width, height: 24)
        state.type("2")
        #expect(state.picture.contains { $0.contains("j1") && $0.contains("tensors ") && !$0.contains("s3:") })
    }
}
