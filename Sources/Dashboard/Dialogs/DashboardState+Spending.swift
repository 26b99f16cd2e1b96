import EngineAPI
import TerminalUI
import Training

/// A training's GPU, what it costs from all sides, and how its loss falls.
extension DashboardState {
    func moneyLines(_ attempt: Attempt) -> [DialogLine] {
        let reading = progress[attempt.id]
        let spending = attempt.spending(at: now, left: TimeLeft.fresh(reading, now: now))
        var lines: [DialogLine] = []
        if let gpu = attempt.gpu?.gpu {
            lines.append(DialogLine("GPU: \(gpu)" + (attempt.gpu?.perHour.map { ", \($0) an hour" } ?? ", price not known")))
        }
        if !attempt.phase.isDone {
            let parts = [
                spending.soFar.map { "spent \($0)" },
                spending.toFinish.map { "to finish \($0.lowerBound)–\($0.upperBound)" },
                spending.lostByCancelling.map { "a cancel now loses \($0)" },
            ].compactMap(\.self)
            if !parts.isEmpty { lines.append(DialogLine("Money: " + parts.joined(separator: ", "))) }
        }
        if let actual = spending.actual, let price = attempt.pricePerHour {
            // RunPod has no bill for a job; “doctor” sets its bills for the endpoint against our sum.
            let estimate = spending.estimated.map { ", estimated \($0)" } ?? ""
            lines.append(DialogLine("Money: \(actual) by RunPod's execution time at \(price) an hour\(estimate)"))
        }
        if let curve = reading?.loss.sparkline(width: 40), !curve.isEmpty {
            lines.append(DialogLine("Loss: \(curve) \(reading?.progress.loss.map { "\($0)" } ?? "")"))
        }
        return lines
    }
}
