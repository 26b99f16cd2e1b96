import Foundation
import Journal
import RunPod
import Training
import TrainingPorts

/// What a training costs here, what is left of the budgets, and what RunPod has billed.
struct Purse {
    /// Nil where RunPod cannot be asked.
    let management: (any EndpointManagement)?
    let endpoint: String?
    let settings: Settings
    /// What our journal holds; nil where another program has it.
    let ledger: Ledger?
    let now: Timestamp

    /// How far back bills are asked for.
    private static let days = 7

    func findings() async -> [Finding] { await prices() + budget + (await bills()) }

    private func prices() async -> [Finding] {
        guard let management else { return [] }
        async let asked = management.prices()
        let facts = await management.endpointFacts()
        guard let facts = facts.value else {
            return [.skipped("runpod.gpus", "the endpoint's GPUs cannot be read: \(facts.fault ?? "")")]
        }
        var catalogue = await asked.value ?? .published
        if catalogue != .published { catalogue.asOf = now }
        let gpus = facts.gpuCount == 1 ? "one GPU" : "\(facts.gpuCount) GPUs"
        let worker = "a worker has \(gpus) of \(facts.pools.isEmpty ? "an unknown pool" : facts.pools.joined(separator: ", "))"
        guard let outlook = PriceOutlook(catalogue, pools: facts.pools, gpus: facts.gpuCount) else {
            return [.note("runpod.gpus", "\(worker), whose price is not known")]
        }
        let set = settings.isPriceSet ? "; estimates take the price that is set" : ""
        return [.ok("runpod.gpus", "\(worker), \(outlook.words)\(set)")]
    }

    /// A budget that is used refuses the next training, so it stands in the way.
    private var budget: [Finding] {
        guard settings.budget != Budget() else { return [] }
        guard let ledger else {
            return [.skipped("budget", "what is left of the budget is known to the program that has the journal")]
        }
        let outlook = BudgetOutlook(settings.budget, in: ledger, at: now) { $0.spending(at: now).estimated }
        let objections = outlook.check([nil])
        return objections + (objections.isEmpty ? outlook.lines(taking: []).map { .ok("budget", $0) } : [])
    }

    private func bills() async -> [Finding] {
        guard let management, let endpoint else { return [] }
        let answer = await management.bills(days: Purse.days)
        let bills = answer.value?.map { BillCheck.Bill(total: $0.total, disk: $0.disk, fee: $0.fee) }
        // A bill is for a whole day in UTC, today among them; a day without costs has none.
        let today = now.milliseconds / 86_400_000
        let since = Timestamp(milliseconds: (today - Int64(Purse.days - 1)) * 86_400_000)
        let own = ledger.map { OwnSum(of: $0, at: endpoint, since: since, now: now) }
        return [
            BillCheck(days: Purse.days, bills: bills.map { .known($0) } ?? .notChecked(answer.fault ?? ""), own: own).finding
        ]
    }
}

extension Doctor {
    /// - Parameter now: by the clock that the trainings have: a simulator's own where there is one.
    func purse(_ management: (any EndpointManagement)?, _ endpoint: String?, _ now: Timestamp?) -> Purse {
        let ledger = access.flatMap { access in
            (try? access.journal.events(after: 0)).map { records in
                records.reduce(into: Ledger()) { $0.apply($1) }
            }
        }
        return Purse(
            management: management, endpoint: endpoint, settings: settings, ledger: ledger,
            now: now ?? Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)))
    }
}
