/// A line of a trainer's output, cut into words, numbers and marks, and what it says about the training.
///
/// Trainers write for people: `step 12/500 loss 0.083`, `Step: 12 of 500, avr_loss=0.083`, `40 %`, and tqdm's bars
/// `24%|██▍ | 120/500 [01:48<05:42, 1.11it/s, loss=0.083]`, of which a carriage return begins a newer one.
public struct ProgressLine: Hashable, Sendable {
    enum Token: Hashable, Sendable {
        case word(String)
        case number(Double)
        case mark(Character)
    }

    private(set) var tokens: [Token] = []

    public init(_ text: String) {
        let newest = text.split(whereSeparator: { $0 == "\r" || $0 == "\n" || $0 == "\r\n" }).last {
            !$0.allSatisfy(\.isWhitespace)
        }
        var rest = (newest ?? "").prefix(2000)
        while let first = rest.first {
            if first.isASCII, first.isNumber {
                tokens.append(ProgressLine.takeNumber(from: &rest))
            } else if first.isLetter || first == "_" {
                let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                tokens.append(.word(word.lowercased()))
                rest = rest.dropFirst(word.count)
            } else {
                if !first.isWhitespace { tokens.append(.mark(first)) }
                rest = rest.dropFirst()
            }
        }
    }

    private static func takeNumber(from rest: inout Substring) -> Token {
        func digits(_ text: Substring) -> Substring { text.prefix { $0.isASCII && $0.isNumber } }
        var text = String(digits(rest))
        rest = rest.dropFirst(text.count)
        if rest.first == ".", !digits(rest.dropFirst()).isEmpty {
            text += "." + digits(rest.dropFirst())
            rest = rest.dropFirst(1 + digits(rest.dropFirst()).count)
        }
        if let mark = rest.first, mark == "e" || mark == "E" {
            let sign = rest.dropFirst().prefix(1).filter { $0 == "-" || $0 == "+" }
            let exponent = digits(rest.dropFirst(1 + sign.count))
            if !exponent.isEmpty {
                text += "e" + sign + exponent
                rest = rest.dropFirst(1 + sign.count + exponent.count)
            }
        }
        return .number(Double(text) ?? 0)
    }

    private func token(_ index: Int) -> Token? { tokens.indices.contains(index) ? tokens[index] : nil }

    private func whole(_ index: Int) -> Int? {
        guard case .number(let value)? = token(index), value == value.rounded(), value < 1e9 else { return nil }
        return Int(value)
    }

    /// `12/500` or `12 of 500`: the one behind the word “step”, else the one with most steps (epochs and images are fewer).
    public var steps: (step: Int, steps: Int)? {
        var found: [(step: Int, steps: Int, named: Bool)] = []
        for index in tokens.indices {
            guard token(index + 1) == .mark("/") || token(index + 1) == .word("of"), let step = whole(index),
                let steps = whole(index + 2), steps > 0, step <= steps, token(index - 1) != .mark("/"),
                token(index + 3) != .mark("/")
            else { continue }
            found.append((step, steps, isNamedStep(before: index)))
        }
        let best = found.first { $0.named } ?? found.max { $0.steps < $1.steps }
        return best.map { ($0.step, $0.steps) }
    }

    private func isNamedStep(before index: Int) -> Bool {
        var place = index - 1
        while case .mark(let mark)? = token(place), ":=#(".contains(mark) { place -= 1 }
        guard case .word(let word)? = token(place) else { return false }
        return word.hasSuffix("step") || word.hasSuffix("steps") || word.hasSuffix("iteration")
    }

    /// The number behind a word that ends in “loss”.
    public var loss: Double? {
        for index in tokens.indices {
            guard case .word(let word) = tokens[index], word.hasSuffix("loss") else { continue }
            var place = index + 1
            while token(place) == .mark(":") || token(place) == .mark("=") || token(place) == .word("is") { place += 1 }
            if case .number(let value)? = token(place) { return value }
        }
        return nil
    }

    /// `40 %`, from 0 to 100.
    public var percent: Double? {
        for index in tokens.indices {
            if case .number(let value) = tokens[index], token(index + 1) == .mark("%"), value <= 100 { return value }
        }
        return nil
    }

    /// Steps a second: `1.11it/s`, or `1.05s/it` turned round; nil where the line has none or it is 0.
    public var rate: Double? {
        let things: Set<String> = ["it", "iter", "iters", "step", "steps"]
        for index in tokens.indices {
            guard case .number(let value) = tokens[index], value > 0, case .word(let over)? = token(index + 1),
                token(index + 2) == .mark("/"), case .word(let under)? = token(index + 3)
            else { continue }
            if things.contains(over), under == "s" || under == "sec" { return value }
            if over == "s" || over == "sec", things.contains(under) { return 1 / value }
        }
        return nil
    }

    /// How long a bar has been running: `[03:12<23:10`, with hours in front where there are any.
    var elapsed: Seconds? {
        guard let end = tokens.firstIndex(of: .mark("<")), let start = tokens[..<end].lastIndex(of: .mark("[")) else {
            return nil
        }
        var seconds = 0.0
        for (place, token) in tokens[(start + 1)..<end].enumerated() {
            switch token {
            case .number(let value) where place.isMultiple(of: 2): seconds = seconds * 60 + value
            case .mark(":") where !place.isMultiple(of: 2): break
            default: return nil
            }
        }
        return end - start > 1 ? .seconds(seconds) : nil
    }

    /// Whether a word says that it counts steps.
    var namesSteps: Bool { hasWord { $0.hasSuffix("step") || $0.hasSuffix("steps") || $0.hasSuffix("iteration") } }

    /// Whether it counts epochs and no steps.
    var namesEpochs: Bool { !namesSteps && hasWord { $0.hasPrefix("epoch") } }

    /// `loss=nan`: the training is ruined and goes on costing.
    var lossIsNoNumber: Bool {
        tokens.indices.contains { index in
            guard case .word(let word) = tokens[index], word.hasSuffix("loss") else { return false }
            let value = [token(index + 1), token(index + 2)].first { $0 != .mark("=") && $0 != .mark(":") }
            return value == .word("nan") || value == .word("inf")
        }
    }

    private func hasWord(_ matches: (String) -> Bool) -> Bool {
        tokens.contains { if case .word(let word) = $0 { matches(word) } else { false } }
    }
}
