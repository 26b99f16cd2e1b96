import Testing
import Training

@Suite("A line of a trainer's log")
struct TrainerLogLineTests {
    typealias Reading = TrainerLogLine.StepReading

    @Test(
        "tells the training's step, rate and loss",
        arguments: [
            (
                "steps:  12%|█▏        | 180/1500 [03:12<23:10,  1.05s/it, avr_loss=0.0832]",
                Reading(step: 180, steps: 1500, rate: 1 / 1.05, loss: 0.0832)
            ),
            ("steps:   0%|          | 0/1500 [00:00<?, ?it/s]", Reading(step: 0, steps: 1500)),
            (
                "steps:  24%|██▍       | 120/500 [01:48<05:42,  1.11it/s, loss=0.083]",
                Reading(step: 120, steps: 500, rate: 1.11, loss: 0.083)
            ),
            (
                "actor_0019_V7:  12%|█▏        | 180/1500 [03:12<23:10,  1.05s/it, lr: 1.0e-04 loss: 3.405e-01]",
                Reading(step: 180, steps: 1500, rate: 1 / 1.05, loss: 0.3405)
            ),
            ("Step 12/500 loss 0.083", Reading(step: 12, steps: 500, loss: 0.083)),
            ("epoch 2/3, step: 40 of 500", Reading(step: 40, steps: 500)),
            (
                "steps:  1%| | 10/900 [00:10<15:00, 1.00it/s]\rsteps:  2%| | 20/900 [00:20<14:50, 1.00it/s, avr_loss=0.4]   \r",
                Reading(step: 20, steps: 900, rate: 1, loss: 0.4)
            ),
        ])
    func progress(line: String, reading: Reading) throws {
        let parsed = TrainerLogLine(line)
        let found = try #require(parsed.progress)
        #expect(found.step == reading.step && found.steps == reading.steps && found.loss == reading.loss)
        #expect((found.rate ?? 0).isNear(reading.rate ?? 0))
        #expect(parsed.stage == .training)
    }

    @Test(
        "tells how long its bar has been running",
        arguments: [
            ("steps:  12%|█▏        | 180/1500 [03:12<23:10,  1.05s/it, avr_loss=0.0832]", 192),
            ("steps:  12%|█▏        | 180/1500 [1:03:12<8:23:10,  21.5s/it]", 3792),
            ("steps:   0%|          | 0/1500 [00:00<?, ?it/s]", 0),
            ("steps:   1%| | 10/900 [00:10<15:00]\rsteps:  2%| | 20/900 [00:20<14:50]", 20),
            ("Step 12/500 loss 0.083", nil), ("step 12/500 [<03:12]", nil), ("step 12/500 [a:3<03:12]", nil),
        ] as [(String, Double?)])
    func elapsed(line: String, seconds: Double?) {
        #expect(TrainerLogLine(line).progress?.elapsed == seconds.map(Seconds.seconds))
    }

    @Test(
        "of other work is not taken for the training",
        arguments: [
            ("100%|██████████| 23/23 [00:05<00:00,  4.31it/s]", nil), ("epoch 3/10", nil),
            ("Loading checkpoint shards:  50%|█████     | 1/2 [00:03<00:03,  3.10s/it]", TrainingStage.loading),
            ("caching latents...", .data), ("Caching text encoder outputs:  40%|████ | 4/10 [00:01<00:02, 3.9it/s]", .data),
            ("building FLUX.1 model from checkpoint", .loading), ("running training / 学習開始", .training),
            ("saving checkpoint: /out/actor_0019_V7.safetensors", .saving), ("Uploading model to S3", .uploading), ("", nil),
            ("GET /status 200", nil),
        ] as [(String, TrainingStage?)])
    func otherWork(line: String, stage: TrainingStage?) {
        let parsed = TrainerLogLine(line)
        #expect(parsed.progress == nil)
        #expect(parsed.stage == stage)
    }

    @Test("says how grave it is; a loss that is no number is an alarm")
    func severity() {
        #expect(TrainerLogLine("steps: 1%| | 15/1500 [00:10<10:00, 1.0it/s, avr_loss=nan]").severity == .alarm)
        #expect(TrainerLogLine("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.17 GiB").severity == .alarm)
        #expect(TrainerLogLine("UserWarning: None of the inputs have requires_grad=True").severity == .warning)
        #expect(TrainerLogLine("steps: 1%| | 15/1500 [00:10<10:00, 1.0it/s, avr_loss=0.2]").severity == .info)
    }

    @Test("is made harmless: what a terminal would obey is obeyed or gone")
    func harmless() {
        #expect(TrainerText.visible("\u{1B}[31mred\u{1B}[0m\u{1B}]0;title\u{07} on\u{1B}(B") == "red on")
        #expect(TrainerText.visible("old bar\rnew\r   \r") == "new")
        #expect(TrainerText.visible("a\u{0}b\u{7}c\u{202E}d\te\u{9B}2Jf\r\n") == "abcd ef")
        #expect(TrainerText.visible(String(repeating: "x", count: 5000)).count == TrainerText.limit + 1)
        #expect(
            TrainerText.visible("\u{1B}[") == "" && TrainerText.visible("\u{1B}") == "" && TrainerText.visible("\u{1B}]x") == "")
    }

    @Test("of any bytes never traps and never lets a control character through")
    func anything() {
        var state: UInt64 = 3
        for _ in 0..<2000 {
            let scalars = (0..<40).map { _ -> Unicode.Scalar in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let pool: [Unicode.Scalar] = [
                    "\u{1B}", "[", "]", "\r", "\n", "9", "/", "%", "s", "i", "t", ".", "e", "\u{9B}", " ", "|", "\u{08}",
                ]
                return pool[Int((state >> 33) % UInt64(pool.count))]
            }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            let line = TrainerLogLine(String(view))
            #expect(line.text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
        }
    }
}

@Suite("The loss's curve")
struct LossCurveTests {
    @Test("spans the whole training in few points, and falls as the loss does")
    func falling() {
        var curve = LossCurve()
        for step in 0..<3000 { curve.note(1 - Double(step) / 3000, step: step) }
        #expect(curve.values.count < LossCurve.limit * 2)
        #expect((curve.values.first ?? 0) > 0.97 && (curve.values.last ?? 1) < 0.05)
        #expect(curve.sparkline(width: 8) == "█▇▆▅▄▃▂▁")
    }

    @Test("begins anew with a training that does, and passes over what is said twice or is no number")
    func anew() {
        var curve = LossCurve()
        curve.note(0.5, step: 10)
        curve.note(0.9, step: 10)
        curve.note(.nan, step: 11)
        #expect(curve.values == [0.5] && curve.sparkline(width: 10).isEmpty)
        curve.note(0.7, step: 1)
        #expect(curve.values == [0.7])
    }
}

extension Double {
    fileprivate func isNear(_ other: Double) -> Bool { abs(self - other) < 1e-9 }
}
