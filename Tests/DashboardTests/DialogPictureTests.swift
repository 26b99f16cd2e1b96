import EngineAPI
import TerminalUI
import Testing
import Training

@testable import Dashboard

@Suite("Whole dialogs")
struct DialogPictureTests {
    @Test("the plan says what will be submitted and rests on no")
    func plan() {
        var expected = World.picture()
        expected.cover(
            from: 2,
            "┌─ > 1 Actors · 3 of 9 eligible · 3 marked · as of 14:00 ──────────────────────┐",
            "│   id   name                 imgs data model    last why not, or what to know │",
            "│>* 0005 0005_asian_30_male     17 ok   –        –                             │",
            "│ * 0007 0007_african_25_fem…   19 ok   –        –                             │",
            "┌─ Start 3 trainings? ─────────────────────────────────────────────────────────┐",
            "│ id   name                             imgs steps    rate  ver min   cost     │",
            "│ 0005 0005_asian_30_male                 17  2000 0.00025   V1  32 ≈$0.50     │",
            "│ 0007 0007_african_25_female             19  2000 0.00025   V1  32 ≈$0.50     │",
            "│ 0019 0019_european_20_female            23  2000 0.00025   V9  32 ≈$0.50     │",
            "│                                                                              │",
            "│ 3 trainings, 59 images, 6000 steps, 96 min of GPU time, 1 at once, ≈ $1.50   │",
            "│ Estimated from the table, at $0.94 an hour, as published on 2026-06-08       │",
            "│                                                                              │",
            "│ [y] start  [Enter] no                                                        │",
            "└──────────────────────────────────────────────────────────────────────────────┘")
        expected.cover(from: 23, " y start  Enter no")
        #expect(World.picture(after: "at") == expected)
    }

    @Test("leaving says how many trainings go on and how to come back")
    func leaving() {
        var expected = World.picture()
        expected.cover(
            from: 8,
            "┌─ Leave? ─────────────────────────────────────────────────────────────────────┐",
            "│ 1 simulated training goes on without this dashboard.                         │",
            "│ 1 queued: nothing is submitted while no engine runs.                         │",
            "│ 1 uncertain: RunPod may be running it.                                       │",
            "│ Come back with: actor-trainer --demo                                         │",
            "│                                                                              │",
            "│ [y] leave  [Enter] stay                                                      │",
            "└──────────────────────────────────────────────────────────────────────────────┘")
        expected.cover(from: 23, " y leave  Enter stay")
        #expect(World.picture(after: "q") == expected)
    }

    @Test("an uncertain training is resolved with its evidence in sight")
    func resolving() {
        var expected = World.picture()
        expected.cover(from: 2, "┌─ 1 Actors · 3 of 9 eligible · as of 14:00 ───────────────────────────────────┐")
        expected.cover(
            from: 6,
            "┌─ What became of j3? ─────────────────────────────────────────────────────────┐",
            "│ Uncertain: no answer in 30 s                                                 │",
            "│ Sent: 2026-11-23 14:34:00 UTC                                                │",
            "│ Request: actor_0042_1795442400000_0000000000000007                           │",
            "│ RunPod job: none known                                                       │",
            "│ No version was saved for it.                                                 │",
            "│ It could still leave a model until 2026-11-23 23:56 UTC.                     │",
            "│ Look at RunPod's console before you answer: trained twice is paid twice.     │",
            "│                                                                              │",
            "│ [c] completed  [f] failed  [n] never submitted  [Esc] close                  │",
            "└──────────────────────────────────────────────────────────────────────────────┘")
        expected.cover(
            from: 22,
            " j3 0042_european_55_male · no answer in 30 s · cost not known: nothing if Run…",
            " c completed  f failed  n never submitted  Esc close")
        #expect(World.picture(after: "2jv") == expected)
    }

    @Test("the help screen is the key table")
    func help() {
        #expect(
            World.picture(after: "?") == [
                "┌─ Keys ───────────────────────────────────────────────────────────────────────┐",
                "│ In Actors                                                                    │",
                "│ Space          Mark or unmark the row and go on to the next.                 │",
                "│ Enter          Show the plan of the marked (or selected) actors, or why      │",
                "│                there is none.                                                │",
                "│ t              Show what training the marked (or selected) would do; y       │",
                "│                starts.                                                       │",
                "│ a              Mark all eligible actors (open trainings); again: unmark.     │",
                "│ u              Clear all marks.                                              │",
                "│ m              Say whether a finished model is good or bad.                  │",
                "│ d              Everything about the actor.                                   │",
                "│ s              Sort by id, name, images or version; eligible ones stay       │",
                "│                first.                                                        │",
                "│ D              Declare pending versions of others dead; asks.                │",
                "│                                                                              │",
                "│ In every pane                                                                │",
                "│ ? F1           Show all keys.                                                │",
                "│ q              Leave; asks when something runs. Trainings at RunPod go on.   │",
                "│ Tab            Go to the next pane.                                          │",
                "│ Ctrl-C         Like q; pressed again, leave at once.                         │",
                "│ Ctrl-L         Draw the whole screen again.                                  │",
                "│                                                       lines 1–20 of 74 (j k) │",
                "│ [Esc] close                                                                  │",
                "└──────────────────────────────────────────────────────────────────────────────┘",
            ])
    }
}
