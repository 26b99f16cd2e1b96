import Training

extension SimulatedLog {
    /// What is printed before the first step, in the words of sd-scripts as ComfyUI-FluxTrainer ships it.
    static func opening(_ request: SimulatedRequest) -> [String] {
        let images = request.images
        return [
            "INFO     downloading \(images) training images",
            "Fetching 3 files:  67%|██████▋   | 2/3 [00:02<00:01,  1.35s/it]\rFetching 3 files: 100%|██████████| 3/3 [00:04<00:00,  1.35s/it]",
            "INFO     prepare images.",
            "INFO     found directory /workspace/input/\(request.modelName) contains \(images) image files",
            "WARNING  No caption file found for 1 image. Training will continue without captions for it. / キャプションファイルが見つかりませんでした。",
            "INFO     loading image sizes.",
            "100%|██████████| \(images)/\(images) [00:00<00:00, 412.31it/s]",
            "INFO     prepare accelerator",
            "\u{1B}[34mINFO\u{1B}[0m     Building Flux model flux1-dev from BFL checkpoint",
            "INFO     Loading state dict from flux1-dev-fp8.safetensors",
            "INFO     Loaded Flux: <All keys matched successfully>",
            "Loading checkpoint shards:  50%|█████     | 1/2 [00:03<00:03,  3.10s/it]\rLoading checkpoint shards: 100%|██████████| 2/2 [00:06<00:00,  3.02s/it]",
            "INFO     create LoRA network. base dim (rank): \(request.rank), alpha: \(request.alpha)",
            "INFO     caching latents with VAE...",
            " 50%|█████     | \(images / 2)/\(images) [00:04<00:04,  2.80it/s]\r100%|██████████| \(images)/\(images) [00:08<00:00,  2.81it/s]",
            "INFO     caching Text Encoder outputs...",
            "/workspace/venv/lib/python3.11/site-packages/torch/utils/checkpoint.py:92: UserWarning: None of the inputs have requires_grad=True. Gradients will be None",
            "running training / 学習開始",
            "  num train images * repeats / 学習画像の数×繰り返し回数: \(images * 2)",
            "  num batches per epoch / 1epochのバッチ数: \(images * 2)",
            "  total optimization steps / 学習ステップ数: \(request.steps)",
        ]
    }
}

/// tqdm's bar.
enum SimulatedBar {
    /// `steps:  12%|█▏        | 180/1500 [03:12<23:10,  1.05s/it, avr_loss=0.0832]`
    /// - Parameter elapsed: since the first step.
    static func text(_ name: String, step: Int, of steps: Int, elapsed: Seconds, suffix: String) -> String {
        let share = Double(step) / Double(max(1, steps))
        let percent = padded(String(Int(share * 100)), 3)
        let head = "\(name): \(percent)%|\(blocks(share))| \(step)/\(steps) [\(clock(elapsed))<"
        guard step > 0, elapsed.inSeconds > 0 else { return head + "?, ?it/s]" }
        let seconds = elapsed.inSeconds / Double(step)
        let rate = seconds >= 1 ? "\(padded(hundredths(seconds), 5))s/it" : "\(padded(hundredths(1 / seconds), 5))it/s"
        return head + "\(clock(Seconds(seconds * Double(steps - step)))), \(rate)\(suffix)]"
    }

    private static func blocks(_ share: Double) -> String {
        let eighths = Int(share * 80)
        let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        let bar = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
        return bar + String(repeating: " ", count: 10 - bar.count)
    }

    private static func clock(_ time: Seconds) -> String {
        let seconds = max(0, Int(time.inSeconds))
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        let rest = "\(two(minutes)):\(two(seconds % 60))"
        return hours > 0 ? "\(hours):\(rest)" : rest
    }

    private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    private static func hundredths(_ value: Double) -> String {
        let count = Int((value * 100).rounded())
        return "\(count / 100).\(two(count % 100))"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}

extension SimulatedLog {
    func bar(at step: Int, _ time: Timestamp) -> String {
        let (job, pace) = (record.job, pace)
        let elapsed = pace.time(ofStep: Double(step)) - pace.loading
        return SimulatedBar.text(
            "steps", step: step, of: pace.steps, elapsed: elapsed, suffix: ", avr_loss=\(job.loss(at: max(1, step)))")
    }
}
