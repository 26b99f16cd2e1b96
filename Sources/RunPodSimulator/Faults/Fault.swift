/// What may go wrong, on demand. A new one is a case here, its sentence, and the place in the core that looks for it.
public enum Fault: String, CaseIterable, Hashable, Sendable {
    case failsAtOnce = "fails-at-once"
    case failsMidway = "fails-midway"
    case stalls
    case workerLost = "worker-lost"
    case suffixChanged = "suffix-changed"
    case suffixMoved = "suffix-moved"
    case webhookLost = "webhook-lost"
    case webhookDoubled = "webhook-doubled"
    case webhookLate = "webhook-late"
    case webhookEarly = "webhook-early"
    case slowAnswers = "slow-answers"
    case answer429 = "answer-429"
    case answer500 = "answer-500"
    case refused500 = "refused-500"
    case answerLost = "answer-lost"
    case notFoundAtFirst = "not-found-at-first"
    case resultDropped = "result-dropped"
    case noCapacity = "no-capacity"
    case completedWithoutOutput = "completed-without-output"
    case modelMissing = "model-missing"
    case unknownStatus = "unknown-status"
    case timedOut = "timed-out"
    case errorForm = "error-form"
    case keyRefused = "key-refused"
    case noWorkers = "no-workers"
    case shortTimeout = "short-timeout"
    case lowBalance = "low-balance"
    case bucketForbidden = "bucket-forbidden"

    /// Befalls endpoint, account or bucket, not single requests.
    public var isGeneral: Bool {
        switch self {
        case .keyRefused, .noWorkers, .shortTimeout, .lowBalance, .bucketForbidden: true
        default: false
        }
    }

    /// One sentence for `--help`.
    public var help: String {
        switch self {
        case .failsAtOnce: "The worker fails two seconds after it took the job."
        case .failsMidway: "The training fails half-way for want of GPU memory."
        case .stalls: "The training stops at a third of its steps and stays in progress until its execution limit."
        case .workerLost: "The worker is lost at 40 %; the job goes to another one with the same id and retries 1."
        case .suffixChanged: "Once running, the job is reported under another suffix; both ids are understood."
        case .suffixMoved: "Once running, the job is known under another suffix only; the first id answers 404."
        case .webhookLost: "The webhook is never called."
        case .webhookDoubled: "The webhook is called a second time after it was answered."
        case .webhookLate: "The webhook is called ten minutes after the end."
        case .webhookEarly: "The job is over at once and its webhook is called before the submission is answered."
        case .slowAnswers: "Every answer about the job takes some seconds of real time."
        case .answer429: "The first two submissions of a request are answered 429 with Retry-After; the third is accepted."
        case .answer500: "The job is accepted, and the submission answered 500."
        case .refused500: "The job is not accepted, and the submission answered 500."
        case .answerLost: "The job is accepted, and the connection closed without an answer."
        case .notFoundAtFirst: "In its first minute the job answers 404."
        case .resultDropped: "Once the job has ended, its id answers 404 at once."
        case .noCapacity: "No worker ever takes the job."
        case .completedWithoutOutput: "The job completes without an output; the model is there."
        case .modelMissing: "The job completes and names a model that is not there."
        case .unknownStatus: "From a fifth to three fifths of the training the status is a word that nobody knows."
        case .timedOut: "The worker stops reporting half-way and the job ends as TIMED_OUT."
        case .errorForm:
            "error-form=K: submissions are refused with an error body of form K, or the job fails with one (\(ErrorForm.names))."
        case .keyRefused: "Every key is refused with 401."
        case .noWorkers: "The endpoint's max workers is 0, and no job is ever taken."
        case .shortTimeout: "The endpoint's own execution timeout is ten minutes."
        case .lowBalance: "The account holds ten cents."
        case .bucketForbidden: "No bucket lets anybody in: neither images nor models can be read."
        }
    }
}
