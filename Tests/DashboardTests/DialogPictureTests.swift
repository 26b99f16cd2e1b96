import EngineAPI
import TerminalUI
import Testing
import Training

@testable import Dashboard

@Suite("Whole dialogs")
struct DialogPictureTests {
    @Test("the plan says what will be submitted and rests on no")
    func plan() {
        var state = World.busy.state(width: 80, height: 24)
        state.type("at")
        #expect(
            state.picture == [
                " actor-trainer   SIMULATION ×60   demo  tunnel up (14:34)             14:34 UTC",
                " 1 training · 1 queued  1 UNCERTAIN  $0.94/h  RunPod: 2 running",
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
                "│ 3 trainings, 59 images, 6000 steps, 96 min in all, 1 at once, ≈ $1.50        │",
                "│ Estimated from the table, at $0.94 an hour, as published on 2026-06-08       │",
                "│                                                                              │",
                "│ [y] start  [Enter] no                                                        │",
                "└──────────────────────────────────────────────────────────────────────────────┘",
                "│  14:34:00    j3   actor_0042_V1 is ready: 17 images, 2000 steps at 0.00025   │",
                "│  14:34:00    j3   is sent to RunPod                                          │",
                "│  14:34:00 !! j3   is uncertain: no answer in 30 s; RunPod may or may not hav…│",
                "│  14:34:00    j4   0009_african_33_male was queued by the operator            │",
                "└──────────────────────────────────────────────────────────────────────────────┘",
                " 0005 0005_asian_30_male: may be trained",
                " y start  Enter no",
            ])
    }

    @Test("leaving says how many trainings go on and how to come back")
    func leaving() {
        var state = World.busy.state(width: 80, height: 24)
        state.type("q")
        #expect(
            state.picture == [
                " actor-trainer   SIMULATION ×60   demo  tunnel up (14:34)             14:34 UTC",
                " 1 training · 1 queued  1 UNCERTAIN  $0.94/h  RunPod: 2 running",
                "┌─ > 1 Actors · 3 of 9 eligible · as of 14:00 ─────────────────────────────────┐",
                "│   id   name                 imgs data model    last why not, or what to know │",
                "│>  0005 0005_asian_30_male     17 ok   –        –                             │",
                "│   0007 0007_african_25_fem…   19 ok   –        –                             │",
                "│   0019 0019_european_20_fe…   23 ok   –        V8                            │",
                "│   0006 0006_european_20_fe…   19 ok   V7 good  V7   V7 is good               │",
                "┌─ Leave? ─────────────────────────────────────────────────────────────────────┐",
                "│ 1 simulated training goes on without this dashboard.                         │",
                "│ 1 queued: nothing is submitted while no engine runs.                         │",
                "│ 1 uncertain: RunPod may be running it.                                       │",
                "│ Come back with: actor-trainer --demo                                         │",
                "│                                                                              │",
                "│ [y] leave  [Enter] stay                                                      │",
                "└──────────────────────────────────────────────────────────────────────────────┘",
                "┌─ 3 Log · following ──────────────────────────────────────────────────────────┐",
                "│  14:34:00    j3   actor_0042_V1 is ready: 17 images, 2000 steps at 0.00025   │",
                "│  14:34:00    j3   is sent to RunPod                                          │",
                "│  14:34:00 !! j3   is uncertain: no answer in 30 s; RunPod may or may not hav…│",
                "│  14:34:00    j4   0009_african_33_male was queued by the operator            │",
                "└──────────────────────────────────────────────────────────────────────────────┘",
                " 0005 0005_asian_30_male: may be trained",
                " y leave  Enter stay",
            ])
    }

    @Test("an uncertain training is resolved with its evidence in sight")
    func resolving() {
        var state = World.busy.state(width: 80, height: 24)
        state.type("2jv")
        #expect(
            state.picture == [
                " actor-trainer   SIMULATION ×60   demo  tunnel up (14:34)             14:34 UTC",
                " 1 training · 1 queued  1 UNCERTAIN  $0.94/h  RunPod: 2 running",
                "┌─ 1 Actors · 3 of 9 eligible · as of 14:00 ───────────────────────────────────┐",
                "│   id   name                 imgs data model    last why not, or what to know │",
                "│>  0005 0005_asian_30_male     17 ok   –        –                             │",
                "│   0007 0007_african_25_fem…   19 ok   –        –                             │",
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
                "└──────────────────────────────────────────────────────────────────────────────┘",
                "│  14:34:00    j3   actor_0042_V1 is ready: 17 images, 2000 steps at 0.00025   │",
                "│  14:34:00    j3   is sent to RunPod                                          │",
                "│  14:34:00 !! j3   is uncertain: no answer in 30 s; RunPod may or may not hav…│",
                "│  14:34:00    j4   0009_african_33_male was queued by the operator            │",
                "└──────────────────────────────────────────────────────────────────────────────┘",
                " j3 0042_european_55_male · no answer in 30 s · cost not known: nothing if Run…",
                " c completed  f failed  n never submitted  Esc close",
            ])
    }

    @Test("the help screen is the key table")
    func help() {
        var state = World.busy.state(width: 80, height: 24)
        state.type("?")
        #expect(
            state.picture == [
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
