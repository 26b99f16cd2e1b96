import EngineAPI
import Training
import TrainingPorts

/// The version list as evidence: another program that got RunPod's answer to our order, or its webhook, has saved the job's id.
extension Turn {
    /// Gives an uncertain attempt the id under which its version stands in the list. Only one version can be meant, saved since the order
    /// left, with an id of RunPod's form that no attempt has: the sync from S3 lists models under ids of its own.
    mutating func bindByVersions() {
        for attempt in ledger.openAttempts where attempt.phase.name == .uncertain {
            let versions = runtime.cast.actors.first { $0.id == attempt.actor }?.versions ?? []
            let told = versions.filter { tellsJob(of: attempt, $0) }
            guard told.count == 1, let version = told.first else { continue }
            accepted(attempt, RunPodID(version.id), evidence: "version")
        }
    }

    private func tellsJob(of attempt: Attempt, _ version: VersionRecord) -> Bool {
        guard let order = attempt.order, version.version == order.model.version, version.id != order.request.rawValue,
            let submitted = attempt.submittedAt, let saved = version.timestamp,
            saved + Turn.clockTolerance >= submitted, RunPodID(version.id).hasSuffix
        else { return false }
        return !ledger.knows(version: version, of: attempt.actor)
    }

    /// So much two machines' clocks may differ.
    private static let clockTolerance = Seconds.minutes(1)
}
