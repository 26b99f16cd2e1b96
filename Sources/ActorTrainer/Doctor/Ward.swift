import JSONText
import Journal
import Training
import TrainingPorts

/// The examination of single actors.
struct Ward {
    let maker: any ActorMaker
    let readings: OutsideReadings
    let template: JSONValue?
    /// What was said of the template by itself: it is not said again of each actor.
    let said: [Finding]
    /// Nil where another program has the journal.
    let access: StateAccess?

    func findings(_ id: ActorID, _ cast: [ActorProfile]) async -> [Finding] {
        guard let actor = cast.first(where: { $0.id == id }) else {
            return [.error("actor", "there is no actor \(id)", remedy: "“actors” lists them")]
        }
        let (ledger, past) = history()
        let eligibility = Eligibility.judge(actor, in: ledger)
        var found = past + eligibility.findings()
        do {
            let data = try await maker.trainingData(of: id)
            var set = ImageSet(data: data, readings: .notChecked(""), captions: .notChecked(""))
            let sent = set.sent
            set.readings = await readings.images(sent)
            set.captions = await readings.captions(sent)
            found += sent.isEmpty ? [] : set.check().told(ofSimulation: readings.isSimulated)
            let parameters = TrainingParameters.preset(images: sent.count, triggerToken: data.name)
            if let template {
                found += Workflow.check(template: template, with: parameters).objections.filter { !said.contains($0) }
            }
            found += earlier(of: id, ledger).check(images: sent, parameters: parameters, versions: actor.versions)
        } catch {
            found.append(
                .error("images.list", "the images of \(actor.name) cannot be read: \(error.message)", remedy: "mend that first"))
        }
        return found.map { finding in
            var finding = finding
            finding.sentence = "\(id.padded) \(finding.sentence)"
            return finding
        }
    }

    private func history() -> (Ledger, [Finding]) {
        var ledger = Ledger()
        guard let access else {
            return (ledger, [.skipped("repeated", "what was trained before is known to the program that has the journal")])
        }
        guard let records = try? access.journal.events(after: 0) else { return (ledger, []) }
        for record in records { ledger.apply(record) }
        return (ledger, [])
    }

    private func earlier(of id: ActorID, _ ledger: Ledger) -> [EarlierTraining] {
        EarlierTraining.all(of: id, in: ledger) { digest in
            (try? access?.journal.payload(digest)).flatMap { try? JSONValue(parsing: $0) }
        }
    }
}
