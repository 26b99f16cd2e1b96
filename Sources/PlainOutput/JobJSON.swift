public import EngineAPI
public import JSONText
public import Training

/// A job as one JSON value with its newest attempt, and all attempts in `attempts`, for `jobs --json`.
/// - Parameter present: the time at which it is told, for its age; nil where the snapshot is of that time.
public func jobJSON(_ job: Job, in snapshot: Snapshot, at present: Timestamp? = nil) -> JSONValue {
    let present = present ?? snapshot.now
    var value = attemptJSON(job.latest, of: job, in: snapshot, at: present)
    value["attempts"] = .array(job.attempts.map { attemptJSON($0, of: job, in: snapshot, at: present) })
    return value
}

extension Snapshot {
    /// When an attempt that is open was last known to be as it is; nil for one that has ended.
    ///
    /// A snapshot's time is that of its newest knowledge; what was not asked for since is as old as its own last sign.
    public func lastSign(of attempt: Attempt) -> Timestamp? {
        attempt.phase.isDone ? nil : checks[attempt.id]?.asOf ?? attempt.seenAt ?? now
    }
}

private func attemptJSON(_ attempt: Attempt, of job: Job, in snapshot: Snapshot, at present: Timestamp) -> JSONValue {
    let now = snapshot.now
    let asOf = snapshot.lastSign(of: attempt)
    let reading = snapshot.progress[attempt.id]
    let steps = attempt.order?.parameters.maxTrainSteps
    // The last reading of one that has completed was on its way there.
    let isWhole = attempt.outcome == .completed
    let left = timeLeft(of: attempt, reading, at: now)
    let cost = attempt.cost(at: now)
    let ending = attempt.phase.ending
    return [
        "job": .string(job.id.description),
        "actor_id": .integer(job.actor.rawValue),
        "actor": .string(job.actorName),
        "version": .optional(attempt.version?.description),
        "attempt": .integer(attempt.id.number),
        "phase": .string(attempt.phase.name.rawValue),
        "outcome": .optional(ending?.outcome.rawValue),
        "runpod_id": .optional(attempt.runpod?.rawValue),
        "runpod_status": .optional(attempt.observed?.state.description),
        "request_id": .optional(attempt.order?.request.rawValue),
        "queued_at": .string(attempt.queuedAt.description),
        "submitted_at": .optional(attempt.submittedAt?.description),
        "started_at": .optional(attempt.startedAt?.description),
        "ended_at": .optional(attempt.finishedAt?.description),
        "as_of": .optional(asOf?.description),
        "elapsed_minutes": .double((attempt.elapsed(at: now).inSeconds / 6).rounded() / 10),
        "elapsed_approximate": .bool(attempt.isFinishApproximate),
        "queue_seconds": .optional(attempt.queueTime(at: now)?.inSeconds),
        "training_seconds": .optional(attempt.trainingTime(at: now)?.inSeconds),
        "training_approximate": .bool(attempt.isTrainingTimeApproximate),
        "steps": .optional(steps),
        "step": .optional(isWhole ? steps : reading?.progress.step),
        "progress": .optional(isWhole ? 1 : reading?.progress.fraction),
        "eta_seconds": .optional(left?.inSeconds.rounded()),
        "retries": .optional(attempt.observed?.retries),
        "cost": [
            "estimated": .dollars(cost.estimated),
            "so_far": .dollars(cost.soFar),
            "actual": .dollars(cost.actual),
            // RunPod bills by endpoint and time, never by job.
            "actual_from": cost.actual == nil ? .null : "execution_time_and_list_price",
            "approximate": .bool(cost.isApproximate),
        ],
        "model_url": .optional(ending?.model),
        "error": .optional(ending?.outcome == .completed ? nil : ending?.reason),
        "doubt": .optional(attempt.phase.doubt),
        "status_age_seconds": .optional(asOf.map { max(0, (present - $0).inSeconds) }),
    ]
}

/// By the estimate where there is one, as it has aged; else by rate or expectation.
private func timeLeft(of attempt: Attempt, _ reading: ProgressReading?, at now: Timestamp) -> Seconds? {
    guard let reading, let left = reading.left, !attempt.phase.isDone else {
        return attempt.timeLeft(at: now, progress: reading?.progress, rate: reading?.rate)
    }
    return max(Seconds(0), left.middle - (now - reading.asOf))
}

extension JSONValue {
    static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    static func optional(_ number: Int?) -> JSONValue { number.map { .integer($0) } ?? .null }
    static func optional(_ number: Double?) -> JSONValue { number.map { .double($0) } ?? .null }

    /// Money to a tenth of a cent.
    static func dollars(_ amount: Double?) -> JSONValue { .optional(amount.map { ($0 * 1000).rounded() / 1000 }) }
}
