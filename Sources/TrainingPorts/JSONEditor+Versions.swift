public import JSONText
public import Training

extension JSONEditor {
    /// Makes a list of versions (`{"versions": […]}`) hold an entry: changes what differs in the one of the same job, else puts it first.
    ///
    /// What another writer knew earlier or better stays: an end is never taken back to pending, the time of an end that is known already
    /// and an address that means the same object are left as they are written, and so are keys that this program does not know.
    public mutating func upsert(_ entry: VersionEntry) throws(JSONPathError) {
        let list: JSONPath = ["versions"]
        guard let versions = value(at: list)?.array else { return try set([entry.json], at: list) }
        guard let index = entry.index(in: versions) else { return try insert(entry.json, into: list, at: .first) }
        let place = list + [.index(index)]
        for (path, value) in entry.differences(from: versions[index]) { try set(value, at: place + path) }
        try setState(entry.state, at: place)
    }

    /// Writes how a training ended into the version of a job.
    /// - Returns: the version as it stood before; nil where the list has none of that job. One that has ended already stays as it is.
    public mutating func finish(_ job: RunPodID, as state: VersionEntry.State) throws(JSONPathError) -> VersionRecord? {
        let versions = value(at: ["versions"])?.array ?? []
        let ids = versions.map { RunPodID($0["id"]?.string ?? "") }
        guard let index = ids.firstIndex(of: job) ?? ids.firstIndex(where: { job.names(theSameJobAs: $0) }) else { return nil }
        let record = VersionRecord(reading: versions[index])
        if record.isOpen { try setState(state, at: ["versions", .index(index)]) }
        return record
    }

    private mutating func setState(_ state: VersionEntry.State, at place: JSONPath) throws(JSONPathError) {
        guard let old = value(at: place), state.mayFollow(old["status"]?.string) else { return }
        try set(.string(state.word), at: place + ["status"])
        for (key, value) in state.fields where !state.isKnown(key, in: old) { try set(value, at: place + [.key(key)]) }
        for key in state.contradicted where old[key] != nil { try remove(at: place + [.key(key)]) }
    }
}

extension VersionEntry {
    /// What is to be written besides the state; times that mean the same are no difference.
    fileprivate func differences(from old: JSONValue) -> [(path: JSONPath, value: JSONValue)] {
        let own = ["id", "status"] + state.fields.map(\.key)
        var differences: [(path: JSONPath, value: JSONValue)] = []
        for member in json.object?.members ?? [] where !own.contains(member.key) {
            if member.key == "parameters", old["parameters"]?.object != nil {
                differences += (member.value.object?.members ?? []).map { (["parameters", .key($0.key)], $0.value) }
            } else if !(member.key == "timestamp" && old["timestamp"]?.string.flatMap(Timestamp.init(parsing:)) == timestamp) {
                differences.append(([.key(member.key)], member.value))
            }
        }
        return differences
    }
}

extension VersionEntry.State {
    /// An end may follow anything; `pending` only nothing: it may be written late.
    fileprivate func mayFollow(_ status: String?) -> Bool {
        self != .pending || !["training", "completed", "failed"].contains(status)
    }

    fileprivate func isKnown(_ key: String, in old: JSONValue) -> Bool {
        switch (key, self) {
        case ("loraUrl", .completed(let address, _)):
            guard let location = S3Location(parsing: address) else { return false }
            return old["loraUrl"]?.string.flatMap(S3Location.init(parsing:)) == location
        case ("completedAt", _), ("failedAt", _): return old["status"]?.string == word && old[key]?.string != nil
        default: return false
        }
    }
}
