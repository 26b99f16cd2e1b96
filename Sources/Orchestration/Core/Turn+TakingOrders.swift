import EngineAPI
import JSONText
import Training
import TrainingPorts

/// Requests that a page built itself and posted to our server: they leave through the same outbox, at once and once, or not at all.
extension Turn {
    mutating func takeOrder(_ body: JSONValue, _ gathered: Gathered) {
        by = "server"
        defer { by = "engine" }
        let order: ExternalOrder
        do {
            order = try ExternalOrder(body, of: gathered.data, at: now, random: gathered.random)
        } catch {
            reply = .refused(message: error.text)
            return
        }
        let profile = freshProfile(of: order.model.actor, from: gathered)
        if let reason = whyNotTaken(order, profile, gathered) {
            reply = .refused(message: reason)
            return
        }
        submit(order, named: profile.name, gathered)
    }

    /// A person at a page chose the actor: what is a matter of judgement is theirs. What would pay twice or write over a model is not.
    private func whyNotTaken(_ order: ExternalOrder, _ profile: ActorProfile, _ gathered: Gathered) -> String? {
        if policy.isReadOnly { return "this is a read-only view" }
        if runtime.isStopping { return "the engine is ending" }
        if let fault = runtime.journalFault { return "the journal takes nothing (\(fault)); nothing is submitted" }
        if let hold = ledger.queue.hold { return "the queue is held: \(hold.reason)" }
        if ledger.attempt(withRequest: order.request) != nil { return "the request id \(order.request) was used before" }
        if ledger.versions(of: profile.id).contains(order.model.version) || profile.uses(order.model, stored: gathered.stored) {
            return "\(order.model.version) of actor \(profile.id) exists already; read the versions again"
        }
        return Eligibility.judge(profile, in: ledger).reasons.first { reason in
            switch reason {
            case .inTraining, .pendingElsewhere: true
            default: false
            }
        }?.text
    }

    private mutating func submit(_ external: ExternalOrder, named name: String, _ gathered: Gathered) {
        let expectation = expectation(steps: external.parameters.maxTrainSteps)
        if case .blocks(let sentence) = budgetVerdict(next: expectation.money) {
            reply = .refused(message: sentence)
            return
        }
        let body = external.body(with: expectation)
        let bytes = Array(body.text().utf8)
        guard bytes.count <= policy.payloadLimit else {
            reply = .refused(message: "the request has \(bytes.count) bytes, RunPod takes \(policy.payloadLimit)")
            return
        }
        let order = Order(
            model: external.model, request: external.request, parameters: external.parameters, images: external.images.count,
            workflowDigest: digester.sha256(Array((external.body["input"]?["workflow"] ?? .null).text().utf8)),
            payloadDigest: digester.sha256(bytes), endpoint: gathered.endpoint, expectation: expectation,
            limits: limits(of: body, gathered), webhook: gathered.hasWebhook)
        let id = AttemptID(job: ledger.nextJob, number: 1)
        payloads.append(Payload(digest: order.payloadDigest, bytes: bytes))
        emit(.jobQueued(QueuedJob(actor: external.model.actor, name: name, origin: .server)), job: id.job, attempt: 1)
        emit(.attemptPrepared(order), for: id)
        guard let attempt = ledger[id] else { return }
        send(order, of: attempt)
        reply = .accepted(message: "\(id.job) is submitted", jobs: [id.job], isTold: true)
    }
}

/// What a page's request says, as far as the engine must know it.
struct ExternalOrder {
    struct Fault: Error { let text: String }

    let body: JSONValue
    let model: ModelName
    let request: RequestID
    let images: [S3Location]
    let parameters: TrainingParameters

    init(_ body: JSONValue, of data: TrainingData, at now: Timestamp, random: UInt64) throws(Fault) {
        guard let config = body["input"]?["training_config"] else { throw Fault(text: "input.training_config is missing") }
        guard body["input"]?["workflow"]?.object != nil else { throw Fault(text: "input.workflow is missing") }
        guard let model = config["model_name"]?.string.flatMap(ModelName.init(parsing:)), model.actor == data.actor else {
            throw Fault(text: "input.training_config.model_name must be of the form actor_0019_V7")
        }
        let addresses = body["input"]?["training_data"]?["s3_urls"]?.array?.compactMap(\.string) ?? []
        let images = addresses.compactMap(S3Location.init(parsing:))
        guard !images.isEmpty, images.count == addresses.count else {
            throw Fault(text: "input.training_data.s3_urls must be addresses on S3, and at least one")
        }
        var parameters = TrainingParameters.preset(images: images.count, triggerToken: data.name)
        if let steps = config["max_train_steps"]?.int, steps > 0 { parameters.maxTrainSteps = steps }
        if let rate = config["learning_rate"]?.double { parameters.learningRate = rate }
        // What is only said beside the nodes is what the page believes; the model will be held against what the trainer was told.
        if let workflow = body["input"]?["workflow"].flatMap({ try? Workflow(json: $0) }) {
            parameters = workflow.parameters(presuming: parameters)
        }
        let named = config["request_id"]?.string ?? ""
        request = named.isEmpty ? RequestID(actor: model.actor, at: now, random: random) : RequestID(rawValue: named)
        (self.body, self.model, self.images, self.parameters) = (body, model, images, parameters)
    }

    /// The body as it leaves: with our request id where there was none, with limits where there were none, and without a webhook: ours
    /// holds a secret and is added when it leaves.
    func body(with expectation: Expectation) -> JSONValue {
        var body = body
        var config = body["input"]?["training_config"] ?? [:]
        config["request_id"] = .string(request.rawValue)
        var input = body["input"] ?? [:]
        input["training_config"] = config
        body["input"] = input
        body["webhook"] = nil
        if body["policy"] == nil {
            body["policy"] = [
                "executionTimeout": .integer(expectation.executionTimeout.milliseconds),
                "ttl": .integer(expectation.timeToLive.milliseconds),
            ]
        }
        return body
    }
}
