import EngineAPI
import TerminalUI
import Testing
import Training

@testable import Dashboard

@Suite("Whole screens")
struct PictureTests {
    @Test("a normal terminal of 80x24 has the three panes above each other")
    func normal() {
        #expect(
            World.picture() == [
                " actor-trainer   SIMULATION ×60   demo  tunnel up (14:34)             14:34 UTC",
                " 1 training · 1 queued  1 UNCERTAIN  $0.94/h  RunPod: 2 running",
                "┌─ > 1 Actors · 3 of 9 eligible · as of 14:00 ─────────────────────────────────┐",
                "│   id   name                 imgs data model    last why not, or what to know │",
                "│>  0005 0005_asian_30_male     17 ok   –        –                             │",
                "│   0007 0007_african_25_fem…   19 ok   –        –                             │",
                "│   0019 0019_european_20_fe…   23 ok   –        V8                            │",
                "│   0006 0006_european_20_fe…   19 ok   V7 good  V7   V7 is good               │",
                "│   0008 0008_asian_41_female    0 none –        –    (+1) training data not a…│",
                "└──────────────────────────────────────────────────────────────────────────────┘",
                "┌─ 2 Trainings · 3 open of 4 · $0.19 of ≈ $1.38 ───────────────────────────────┐",
                "│   job id   ver phase      RunPod      time done   step      left     #   cost│",
                "│>  j2  0031 V1  training   IN_PROGRESS  13m ██▋░░░ 900/2000  12–16m   1 $0.19+│",
                "│   j3  0042 V1  UNCERTAIN  –             0m may be paid; v resolves   1      ?│",
                "│   j4  0009 –   queued     –             0m waits for a free place    1 ≈$0.38│",
                "└──────────────────────────────────────────────────────────────────────────────┘",
                "┌─ 3 Log · following ──────────────────────────────────────────────────────────┐",
                "│  14:34:00    j3   actor_0042_V1 is ready: 17 images, 2000 steps at 0.00025   │",
                "│  14:34:00    j3   is sent to RunPod                                          │",
                "│  14:34:00 !! j3   is uncertain: no answer in 30 s; RunPod may or may not hav…│",
                "│  14:34:00    j4   0009_african_33_male was queued by the operator            │",
                "└──────────────────────────────────────────────────────────────────────────────┘",
                " 0005 0005_asian_30_male: may be trained",
                " ? help  q leave  Tab pane  Space mark  t train  a all  / filter  d detail",
            ])
    }

    @Test("120x40 shows every column")
    func larger() {
        #expect(
            World.picture(width: 120, height: 40) == [
                " actor-trainer   SIMULATION ×60   demo  tunnel up (14:34)                                                     14:34 UTC",
                " 1 training · 1 queued  1 UNCERTAIN  1 at once  $0.94/h  RunPod: 2 running · 1 queued (14:34)",
                "┌─ > 1 Actors · 3 of 9 eligible · as of 14:00 ─────────────────────────────────────────────────────────────────────────┐",
                "│   id   name                                 imgs data model    last why not, or what to know                         │",
                "│>  0005 0005_asian_30_male                     17 ok   –        –                                                     │",
                "│   0007 0007_african_25_female                 19 ok   –        –                                                     │",
                "│   0019 0019_european_20_female                23 ok   –        V8                                                    │",
                "│   0006 0006_european_20_female                19 ok   V7 good  V7   V7 is good                                       │",
                "│   0008 0008_asian_41_female                    0 none –        –    (+1) training data not approved                  │",
                "│   0009 0009_african_33_male                    3 ok   –        –    j4 queued                                        │",
                "│   0020 0020_latin_27_male                     40 part –        –    not synced (38 of 40)                            │",
                "│   0031 0031_asian_22_male                     12 ok   –        V1   j2 training                                      │",
                "│   0042 0042_european_55_male                  30 ok   –        V1   j3 uncertain                                     │",
                "│                                                                                                                      │",
                "│                                                                                                                      │",
                "│                                                                                                                      │",
                "└──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘",
                "┌─ 2 Trainings · 3 open of 4 · $0.19 of ≈ $1.38 ───────────────────────────────────────────────────────────────────────┐",
                "│   job actor             ver phase           RunPod       time progress       step      left           #    cost asked│",
                "│>  j2  0031_asian_22_ma… V1  training        IN_PROGRESS   13m ██████▎░░░░░░░ 900/2000  12–16m         1  $0.19+ 14:34│",
                "│   j3  0042_european_55… V1  UNCERTAIN       –              0m may be paid; v resolves                 1       ?      │",
                "│   j4  0009_african_33_… –   queued          –              0m waits for a free place                  1  ≈$0.38      │",
                "│   j1  0019_european_20… V8  failed          FAILED        21m CUDA out of memory                      1   $0.31      │",
                "│                                                                                                                      │",
                "│                                                                                                                      │",
                "│                                                                                                                      │",
                "└──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘",
                "┌─ 3 Log · following ──────────────────────────────────────────────────────────────────────────────────────────────────┐",
                "│  14:21:00    j2   is sent to RunPod                                                                                  │",
                "│  14:21:00    j2   RunPod has it as rp2-u1 (told by answer)                                                           │",
                "│  14:22:00    j2   RunPod says IN_PROGRESS on worker w1                                                               │",
                "│  14:34:00    j3   0042_european_55_male was queued by the operator                                                   │",
                "│  14:34:00    j3   gathers training data and workflow                                                                 │",
                "│  14:34:00    j3   actor_0042_V1 is ready: 17 images, 2000 steps at 0.00025                                           │",
                "│  14:34:00    j3   is sent to RunPod                                                                                  │",
                "│  14:34:00 !! j3   is uncertain: no answer in 30 s; RunPod may or may not have it, and nothing is sent again          │",
                "│  14:34:00    j4   0009_african_33_male was queued by the operator                                                    │",
                "└──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘",
                " 0005 0005_asian_30_male: may be trained",
                " ? help  q leave  Tab pane  Space mark  t train  a all  / filter  d detail  s sort  h hold",
            ])
    }

    @Test("60x15 shows one pane under a line of tabs")
    func small() {
        #expect(
            World.picture(width: 60, height: 15) == [
                " actor-trainer   SIMULATION ×60   demo            14:34 UTC",
                " 1 training · 1 queued  1 UNCERTAIN  $0.94/h",
                " [1 Actors]  2 Trainings   3 Log",
                "┌─ > 1 Actors · 3 of 9 eligible · as of 14:00 ─────────────┐",
                "│   id   name           imgs data model    why not, or wha…│",
                "│>  0005 0005_asian_30…   17 ok   –                        │",
                "│   0007 0007_african_…   19 ok   –                        │",
                "│   0019 0019_european…   23 ok   –                        │",
                "│   0006 0006_european…   19 ok   V7 good  V7 is good      │",
                "│   0008 0008_asian_41…    0 none –        (+1) training d…│",
                "│   0009 0009_african_…    3 ok   –        j4 queued       │",
                "│   0020 0020_latin_27…   40 part –        not synced (38 …│",
                "└──────────────────────────────────────────────────────────┘",
                " 0005 0005_asian_30_male: may be trained",
                " ? help  q leave  Tab pane  Space mark  t train  a all",
            ])
    }

    @Test("from 160 columns on the actors stand beside the rest")
    func wide() {
        #expect(
            World.picture(width: 160, height: 24) == [
                " actor-trainer   SIMULATION ×60   demo  tunnel up (14:34)                                                                                             14:34 UTC",
                " 1 training · 1 queued  1 UNCERTAIN  1 at once  $0.94/h  RunPod: 2 running · 1 queued (14:34)",
                "┌─ > 1 Actors · 3 of 9 eligible · as of 14:00 ─────────────────┐┌─ 2 Trainings · 3 open of 4 · $0.19 of ≈ $1.38 ───────────────────────────────────────────────┐",
                "│   id   name           imgs data model    last why not, or wh…││   job actor      ver phase      RunPod      time done       step      left     #   cost asked│",
                "│>  0005 0005_asian_30…   17 ok   –        –                   ││>  j2  0031_asia… V1  training   IN_PROGRESS  13m ████▌░░░░░ 900/2000  12–16m   1 $0.19+ 14:34│",
                "│   0007 0007_african_…   19 ok   –        –                   ││   j3  0042_euro… V1  UNCERTAIN  –             0m may be paid; v resolves       1      ?      │",
                "│   0019 0019_european…   23 ok   –        V8                  ││   j4  0009_afri… –   queued     –             0m waits for a free place        1 ≈$0.38      │",
                "│   0006 0006_european…   19 ok   V7 good  V7   V7 is good     ││   j1  0019_euro… V8  failed     FAILED       21m CUDA out of memory            1  $0.31      │",
                "│   0008 0008_asian_41…    0 none –        –    (+1) training …││                                                                                              │",
                "│   0009 0009_african_…    3 ok   –        –    j4 queued      ││                                                                                              │",
                "│   0020 0020_latin_27…   40 part –        –    not synced (38…│└──────────────────────────────────────────────────────────────────────────────────────────────┘",
                "│   0031 0031_asian_22…   12 ok   –        V1   j2 training    │┌─ 3 Log · following ──────────────────────────────────────────────────────────────────────────┐",
                "│   0042 0042_european…   30 ok   –        V1   j3 uncertain   ││  14:21:00    j2   is sent to RunPod                                                          │",
                "│                                                              ││  14:21:00    j2   RunPod has it as rp2-u1 (told by answer)                                   │",
                "│                                                              ││  14:22:00    j2   RunPod says IN_PROGRESS on worker w1                                       │",
                "│                                                              ││  14:34:00    j3   0042_european_55_male was queued by the operator                           │",
                "│                                                              ││  14:34:00    j3   gathers training data and workflow                                         │",
                "│                                                              ││  14:34:00    j3   actor_0042_V1 is ready: 17 images, 2000 steps at 0.00025                   │",
                "│                                                              ││  14:34:00    j3   is sent to RunPod                                                          │",
                "│                                                              ││  14:34:00 !! j3   is uncertain: no answer in 30 s; RunPod may or may not have it, and nothin…│",
                "│                                                              ││  14:34:00    j4   0009_african_33_male was queued by the operator                            │",
                "└──────────────────────────────────────────────────────────────┘└──────────────────────────────────────────────────────────────────────────────────────────────┘",
                " 0005 0005_asian_30_male: may be trained",
                " ? help  q leave  Tab pane  Space mark  t train  a all  / filter  d detail  s sort  h hold",
            ])
    }

    @Test("a smaller screen says what is needed")
    func tooSmall() {
        #expect(
            World.picture(width: 40, height: 8) == [
                "",
                "",
                "",
                " The dashboard needs 60x15; this screen",
                "   is 40x8. Make it larger; q leaves.",
                "",
                "",
                "",
            ])
    }
}
