public import JSONText
public import Training

extension TrainingProgress {
    /// Reads the progress that a worker reports, in whatever form it comes: an object, a line of text, a share or a percentage, or
    /// a list whose last entry is the newest. Nil where it says nothing.
    public init?(output: JSONValue) {
        switch output {
        case .string(let text): self.init(line: text)
        case .number(let text): self.init(number: text)
        case .array(let elements):
            guard let last = elements.last, last.array == nil else { return nil }
            self.init(output: last)
        case .object: self.init(object: output)
        case .bool, .null: return nil
        }
    }

    private init?(line: String) {
        let said = Sentence.oneLine(line, limit: 200)
        guard !said.isEmpty else { return nil }
        let reading = ProgressLine(line)
        self.init(loss: reading.loss)
        if let found = reading.steps {
            (step, steps) = (found.step, found.steps)
        } else {
            if let percent = reading.percent { setPercent(percent) }
            text = said
        }
    }

    /// A number from 0 to 100 is a percentage; one up to 1 that is written with a fraction is a share.
    private init?(number text: String) {
        guard let value = Double(text), (0...100).contains(value) else { return nil }
        self.init()
        let isShare = value <= 1 && text.contains(".")
        setPercent(isShare ? value * 100 : value)
    }

    private init?(object: JSONValue) {
        func number(_ keys: [String]) -> Double? {
            keys.lazy.compactMap { object[$0] }.compactMap { $0.double ?? $0.string.flatMap(Double.init) }.first(
                where: \.isFinite)
        }
        func whole(_ keys: [String]) -> Int? { number(keys).flatMap { (0...1e9).contains($0) ? Int($0) : nil } }
        self.init(
            step: whole(["step", "current_step", "currentStep", "global_step", "current", "completed_steps"]),
            steps: whole(["steps", "total", "total_steps", "totalSteps", "max_train_steps", "max_steps"]),
            loss: number(["loss", "avg_loss", "avr_loss", "train_loss", "current_loss"]))
        if step == nil || steps == nil { fill(from: object) }
        guard step != nil || loss != nil || text != nil else { return nil }
    }

    /// What an object without a plain count says in its texts: `{"progress":"4/10"}`, `{"message":"step 4/10"}`.
    private mutating func fill(from object: JSONValue) {
        if let percent = object["percent"]?.double ?? object["percentage"]?.double, (0...100).contains(percent) {
            setPercent(percent)
        }
        for key in ["progress", "message", "text", "log", "data", "stage", "status"] {
            guard let value = object[key], let inner = TrainingProgress(output: value) else { continue }
            if step == nil || steps == nil, inner.steps != nil { (step, steps) = (inner.step, inner.steps) }
            loss = loss ?? inner.loss
            text = text ?? inner.text
        }
    }

    private mutating func setPercent(_ percent: Double) {
        (step, steps) = (Int(percent.rounded()), 100)
    }
}
