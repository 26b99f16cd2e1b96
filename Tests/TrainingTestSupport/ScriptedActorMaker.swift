import Synchronization
public import Training
public import TrainingPorts

/// An Actor Maker project in memory: what is written shows in what is read next. It can be told to fail, and keeps all writes.
public final class ScriptedActorMaker: ActorMaker {
    public enum Write: Hashable, Sendable {
        case save(VersionEntry, ActorID)
        case finish(RunPodID, ActorID, VersionEntry.State)
        case record(ModelEntry, ActorID)
        case mark(VersionNumber, ActorID, good: Bool)
    }

    private struct State {
        var profiles: [ActorProfile]
        var images: [ActorID: [TrainingImage]] = [:]
        var notes: [String] = []
        var writes: [Write] = []
        var readFault: PortError?
        var writeFault: PortError?
        var recordResult: RecordResult?
    }

    private let state: Mutex<State>

    public init(_ profiles: [ActorProfile] = []) { state = Mutex(State(profiles: profiles)) }

    public var writes: [Write] { state.withLock(\.writes) }

    public var profiles: [ActorProfile] {
        get { state.withLock(\.profiles) }
        set { state.withLock { $0.profiles = newValue } }
    }

    /// While set, every read fails with it.
    public var readFault: PortError? {
        get { state.withLock(\.readFault) }
        set { state.withLock { $0.readFault = newValue } }
    }

    /// While set, every write fails with it and changes nothing.
    public var writeFault: PortError? {
        get { state.withLock(\.writeFault) }
        set { state.withLock { $0.writeFault = newValue } }
    }

    /// What `record` answers in place of the truth; such an answer writes nothing.
    public var recordResult: RecordResult? {
        get { state.withLock(\.recordResult) }
        set { state.withLock { $0.recordResult = newValue } }
    }

    public func setImages(_ images: [TrainingImage], of actor: ActorID) { state.withLock { $0.images[actor] = images } }

    public func cast() async throws(PortError) -> Cast { try read { Cast(actors: $0.profiles, notes: $0.notes) } }

    /// The images that were set, else as many as the profile counts, all synced.
    public func trainingData(of actor: ActorID) async throws(PortError) -> TrainingData {
        let found = try read { state -> TrainingData? in
            guard let profile = state.profiles.first(where: { $0.id == actor }) else { return nil }
            let images =
                state.images[actor]
                ?? (0..<profile.images.onS3).map { index in
                    let address = "https://bucket.s3.us-west-1.amazonaws.com/actors/\(actor.padded)/\(index).jpg"
                    return TrainingImage(filename: "\(index).jpg", address: address, status: "synced")
                }
            return TrainingData(actor: actor, name: profile.name, approved: profile.trainingDataGood, images: images)
        }
        guard let found else { throw PortError(.notFound, "there is no actor \(actor)") }
        return found
    }

    public func versions(of actor: ActorID) async throws(PortError) -> [VersionRecord] {
        try read { state in state.profiles.first { $0.id == actor }?.versions ?? [] }
    }

    public func save(_ entry: VersionEntry, of actor: ActorID) async throws(PortError) {
        try write(.save(entry, actor)) { profile in
            let record = VersionRecord(entry)
            if let index = profile.versions.firstIndex(where: { $0.id == entry.id }) {
                profile.versions[index] = record
            } else {
                profile.versions.insert(record, at: 0)
            }
        }
    }

    public func finish(_ job: RunPodID, of actor: ActorID, as state: VersionEntry.State) async throws(PortError) -> VersionRecord?
    {
        var before: VersionRecord?
        try write(.finish(job, actor, state)) { profile in
            guard let index = profile.versions.firstIndex(where: { $0.id == job.rawValue }) else { return }
            before = profile.versions[index]
            if before?.isOpen == true { profile.versions[index].end(as: state) }
        }
        return before
    }

    public func record(_ model: ModelEntry, of actor: ActorID) async throws(PortError) -> RecordResult {
        if let result = recordResult { return result }
        var result = RecordResult.recorded
        try write(.record(model, actor)) { profile in
            guard !profile.models.contains(where: { $0.filename == model.model.fileName }) else {
                result = .alreadyThere
                return
            }
            profile.models.append(
                ModelRecord(
                    filename: model.model.fileName, versionName: model.model.version.description, address: "\(model.location)",
                    sizeBytes: model.sizeBytes))
        }
        return result
    }

    public func mark(_ version: VersionNumber, of actor: ActorID, good: Bool) async throws(PortError) {
        try write(.mark(version, actor, good: good)) { profile in
            for index in profile.models.indices where profile.models[index].version == version {
                profile.models[index].good = good
            }
        }
    }

    private func read<Value: Sendable>(_ body: (State) -> Value) throws(PortError) -> Value {
        let result = state.withLock { state -> Result<Value, PortError> in
            if let fault = state.readFault { return .failure(fault) }
            return .success(body(state))
        }
        return try result.get()
    }

    private func write(_ write: Write, _ change: (inout ActorProfile) -> Void) throws(PortError) {
        let actor =
            switch write {
            case .save(_, let actor), .finish(_, let actor, _), .record(_, let actor), .mark(_, let actor, _): actor
            }
        let fault = state.withLock { state -> PortError? in
            if let fault = state.writeFault { return fault }
            guard let index = state.profiles.firstIndex(where: { $0.id == actor }) else {
                return PortError(.notFound, "there is no actor \(actor)")
            }
            state.writes.append(write)
            change(&state.profiles[index])
            return nil
        }
        if let fault { throw fault }
    }
}

extension VersionRecord {
    /// What reading it gives after an end was written into it.
    public mutating func end(as state: VersionEntry.State) {
        switch state {
        case .pending: break
        case .completed(let address, _): (status, self.address) = (.completed, address)
        case .failed: status = .failed
        }
    }

    /// What reading a written entry gives.
    init(_ entry: VersionEntry) {
        let (status, address): (Status, String?) =
            switch entry.state {
            case .pending: (.pending, nil)
            case .completed(let address, _): (.completed, address)
            case .failed: (.failed, nil)
            }
        self.init(
            id: entry.id, name: entry.version.description, status: status, timestamp: entry.timestamp,
            imageCount: entry.imageCount,
            address: address)
    }
}
