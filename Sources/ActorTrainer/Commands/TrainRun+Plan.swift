import JSONText
import Training

/// What would be submitted, in one line.
func planSentence(_ plan: TrainingPlan) -> String {
    let minutes = Int((plan.expectation.duration.inSeconds / 60).rounded())
    let cost = plan.expectation.cost.map { ", about $" + String(Int(($0 * 100).rounded()) / 100) + "." + cents($0) } ?? ""
    return "\(plan.name) (\(plan.actor)): \(plan.images) images, \(plan.parameters.maxTrainSteps) steps at "
        + "\(plan.parameters.learningRate), \(plan.model), ~\(minutes) minutes\(cost) (\(plan.expectation.basis))"
}

private func cents(_ dollars: Double) -> String {
    let cents = Int((dollars * 100).rounded()) % 100
    return cents < 10 ? "0\(cents)" : String(cents)
}

func planJSON(_ plan: TrainingPlan) -> JSONValue {
    [
        "plan": [
            "actor_id": .integer(plan.actor.rawValue),
            "actor": .string(plan.name),
            "images": .integer(plan.images),
            "steps": .integer(plan.parameters.maxTrainSteps),
            "learning_rate": .double(plan.parameters.learningRate),
            "model": .string(plan.model.description),
            "expected_seconds": .double(plan.expectation.duration.inSeconds),
            "basis": .string(plan.expectation.runs == nil ? "table" : "history"),
            "runs": plan.expectation.runs.map { .integer($0) } ?? .null,
            "cost": plan.expectation.cost.map { .double(($0 * 1000).rounded() / 1000) } ?? .null,
        ]
    ]
}
