/// What one line of a trainer's log says.
///
/// Forms read: sd-scripts and ComfyUI's FluxTrainer (`steps:  12%|█▏| 180/1500 [03:12<23:10,  1.05s/it, avr_loss=0.0832]`),
/// ai-toolkit (`name:  12%|█▏| 180/1500 [03:12<23:10, 1.05s/it, lr: 1.0e-04 loss: 3.405e-01]`), and lines that name a step.
/// Bars of other work (`caching latents`, `Loading checkpoint shards`, epochs) are never taken for the training's.
public struct TrainerLogLine: Hashable, Sendable {
    /// The line as a terminal would leave it, harmless to show.
    public let text: String
    public let progress: StepReading?
    /// The stage that the line shows to be under way; nil where it does not say.
    public let stage: TrainingStage?
    public let severity: Note.Severity

    /// A count of the training's own steps.
    public struct StepReading: Hashable, Sendable {
        public var step: Int
        public var steps: Int
        /// Steps a second, as the trainer itself measures them; nil where it does not say.
        public var rate: Double?
        public var loss: Double?
        /// Since the first step, by the trainer's own count; nil where it does not say.
        public var elapsed: Seconds?

        public init(step: Int, steps: Int, rate: Double? = nil, loss: Double? = nil, elapsed: Seconds? = nil) {
            self.step = step
            self.steps = steps
            self.rate = rate
            self.loss = loss
            self.elapsed = elapsed
        }
    }

    /// - Parameter raw: a line as the log carries it, with carriage returns and escape sequences.
    public init(_ raw: String) {
        text = TrainerText.visible(raw)
        let line = ProgressLine(text)
        let found = TrainerLogLine.progress(of: line, text)
        progress = found
        stage = found == nil ? TrainingStage(announcedBy: text) : .training
        severity = TrainerLogLine.severity(of: text, line)
    }

    private static func progress(of line: ProgressLine, _ text: String) -> StepReading? {
        guard let steps = line.steps, steps.steps > 1 else { return nil }
        guard line.namesSteps || (line.loss != nil && !line.namesEpochs) else { return nil }
        return StepReading(step: steps.step, steps: steps.steps, rate: line.rate, loss: line.loss, elapsed: line.elapsed)
    }

    private static func severity(of text: String, _ line: ProgressLine) -> Note.Severity {
        let lower = text.lowercased()
        let isError =
            ["traceback (most recent", "out of memory", "[error]", "error:", "exception:"].contains { lower.contains($0) }
            || lower.hasPrefix("error")
        if isError || line.lossIsNoNumber { return .alarm }
        return lower.contains("warning") || lower.contains("[warn]") ? .warning : .info
    }
}
