import JSONText
import RunPod
import Training
import TrainingPorts

/// What a webhook's body says, with only the fields that are needed: the rest, our whole input among it, is let go of.
struct WebhookMessage: Hashable {
    let news: WebhookNews

    /// - Parameters:
    ///   - body: RunPod's object for a job, with the `input` that we sent and the webhook's own address in it.
    ///   - request: the request whose token the address had.
    /// - Throws: `Refusal` for what is not JSON, not a job, or about another request.
    init(parsing body: [UInt8], for request: RequestID, hiding token: Secret) throws(Refusal) {
        let json: JSONValue
        do { json = try JSONValue(parsing: body) } catch { throw .notJSON(error.description) }
        guard var answer = JobAnswer(json) else { throw .notAJob }
        // A worker's operator could send one job's result to another job's address; a message without any input is not told apart.
        if let input = json["input"], !input.isNull {
            guard input["training_config"]?["request_id"]?.string == request.rawValue else { throw .anotherRequest }
        }
        answer.status = (answer.status ?? answer.output?["status"]?.string).map(WebhookMessage.stateWord)
        let id = answer.id.map { RunPodID($0) }
        let report = answer.report(asked: id ?? RunPodID(""))
        guard let report else { throw .notAJob }
        news = WebhookNews(
            runpod: id, state: report.observation.state, address: report.address.map(\.withoutQuery),
            error: report.error.map { token.hidden(in: $0) })
    }

    /// Workers have words of their own for the end of a job.
    private static func stateWord(_ word: String) -> String {
        switch word.lowercased() {
        case "success", "succeeded", "done": "COMPLETED"
        case "error", "failure": "FAILED"
        default: word
        }
    }

    /// Why a message with a right token is turned away.
    enum Refusal: Error, Hashable, CustomStringConvertible {
        case notJSON(String)
        case notAJob
        case anotherRequest

        var description: String {
            switch self {
            case .notJSON(let reason): "its body is \(reason)"
            case .notAJob: "its body is no job with a status"
            case .anotherRequest: "it is about another request than its address"
            }
        }
    }
}
