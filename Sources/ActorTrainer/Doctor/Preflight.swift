import JSONText
import Orchestration
import Training
import TrainingPorts

/// Looks at everything that a training needs before it is paid, and changes nothing.
struct Preflight: Sendable {
    private let surroundings: Surroundings
    private let readings: any PreflightReadings
    /// What has to be set before RunPod can be asked.
    private let missing: [String]
    private let isSimulated: Bool

    init(_ surroundings: Surroundings, _ readings: any PreflightReadings, missing: [String], isSimulated: Bool) {
        self.surroundings = surroundings
        self.readings = readings
        self.missing = missing
        self.isSimulated = isSimulated
    }

    /// Checks a start: what is common to all of it, and each actor by itself, as they are now.
    func report(on plans: [TrainingPlan], versions: [ActorID: [VersionRecord]], ledger: Ledger) async -> PreflightReport {
        async let route = surroundings.route.ensure()
        async let general = Preflight.endpoint(
            surroundings.gateway, readings, missing: missing, isSimulated: isSimulated,
            longest: plans.map(\.expectation).max { $0.duration < $1.duration },
            cost: Preflight.cost(of: plans.map(\.expectation)))
        let template = await template()
        var report = PreflightReport(general: await general + [await route.finding] + template.faults)
        for plan in plans {
            report.actors[plan.actor] = await findings(plan, versions[plan.actor] ?? [], ledger, template.json)
        }
        return report
    }

    /// US dollars of all of them; nil where one's cost is not known.
    static func cost(of expectations: [Expectation]) -> Double? {
        expectations.reduce(Double?(0)) { sum, expectation in
            guard let sum, let cost = expectation.cost else { return nil }
            return sum + cost
        }
    }

    private func template() async -> (json: JSONValue?, faults: [Finding]) {
        do {
            return (try await surroundings.templates.template(), [])
        } catch {
            return (nil, [Preflight.unreadableTemplate(error)])
        }
    }

    /// One actor's images and workflow, and whether exactly this was trained before.
    private func findings(
        _ plan: TrainingPlan, _ versions: [VersionRecord], _ ledger: Ledger, _ template: JSONValue?
    ) async -> [Finding] {
        let data: TrainingData
        do {
            data = try await surroundings.actorMaker.trainingData(of: plan.actor)
        } catch {
            return [
                .error("images.list", "the images of \(plan.name) cannot be read: \(error.message)", remedy: "mend that first")
            ]
        }
        var set = ImageSet(data: data, readings: .notChecked(""), captions: .notChecked(""))
        let sent = set.sent
        set.readings = await readings.images(sent)
        set.captions = await readings.captions(sent)
        let parameters = TrainingParameters.preset(images: sent.count, triggerToken: data.name)
        let journal = surroundings.journal
        let earlier = EarlierTraining.all(of: plan.actor, in: ledger) { digest in
            (try? journal.payload(digest)).flatMap { try? JSONValue(parsing: $0) }
        }
        let workflow = template.map { Workflow.check(template: $0, with: parameters) } ?? []
        return set.check().told(ofSimulation: isSimulated) + workflow
            + earlier.check(images: sent, parameters: parameters, versions: versions)
    }

    static func unreadableTemplate(_ error: PortError) -> Finding {
        .error("workflow.file", error.message, remedy: "put the template there, or name another with ACTOR_TRAINER_WORKFLOW")
    }

    /// RunPod's key, endpoint, workers, limits and money.
    /// - Parameters:
    ///   - longest: the longest training that is to run; nil takes that of the parameter table's last row.
    ///   - cost: US dollars of all that is to run; nil where it is not known.
    static func endpoint(
        _ gateway: any TrainingGateway, _ readings: any PreflightReadings, missing: [String], isSimulated: Bool,
        longest: Expectation?, cost: Double?
    ) async -> [Finding] {
        async let limits = readings.limits()
        async let balance = readings.balance()
        let health = missing.isEmpty ? EndpointCheck.Health(await gateway.health()) : .unset(missing)
        let check = EndpointCheck(
            endpoint: Preflight.name(of: gateway.endpoint), health: health, limits: await limits, balance: await balance,
            carriesLimits: gateway.carriesLimits, isSimulated: isSimulated)
        let steps = TrainingParameters.preset(images: .max, triggerToken: "").maxTrainSteps
        return check.check(longest: longest ?? Expectation(steps: steps, pricePerSecond: nil), cost: cost)
    }

    /// The endpoint's id without RunPod's address before it.
    private static func name(of endpoint: String) -> String { endpoint.split(separator: "/").last.map(String.init) ?? endpoint }
}
