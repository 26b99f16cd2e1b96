import JSONText
public import Training
public import TrainingPorts

extension ActorMakerClient {
    /// The server's call replaces the whole list, and so may take away what others have written since it was read. Hence: read, change one
    /// entry, read again, write only where nothing has changed between, and read once more to see it there.
    public func save(_ entry: VersionEntry, of actor: ActorID) async throws(PortError) {
        guard !entry.id.isEmpty else {
            throw PortError(.refused, "Version \(entry.version) has no job id yet and cannot be saved without one.")
        }
        try await change(actor) { editor throws(JSONPathError) in try editor.upsert(entry) }
    }

    public func finish(_ job: RunPodID, of actor: ActorID, as state: VersionEntry.State) async throws(PortError) -> VersionRecord?
    {
        var record: VersionRecord?
        try await change(actor) { editor throws(JSONPathError) in
            let found = try editor.finish(job, as: state)
            // The last reading shows our own end.
            record = record ?? found
        }
        return record
    }

    private typealias Change = (inout JSONEditor) throws(JSONPathError) -> Void

    /// One writer at a time.
    private func change(_ actor: ActorID, _ change: Change) async throws(PortError) {
        await connection.saving.take()
        do throws(PortError) { try await write(change, of: actor) } catch {
            await connection.saving.pass()
            throw error
        }
        await connection.saving.pass()
    }

    private func write(_ change: Change, of actor: ActorID) async throws(PortError) {
        let path = Self.path(actor, "training-versions")
        var fault: PortError?
        for attempt in 1...ActorMakerClient.attempts {
            if attempt > 1 { try? await connection.clock.sleep(for: .milliseconds(Int.random(in: 100...300))) }
            let before = try await connection.get(path)
            guard let after = try changed(before, by: change, of: actor) else { return }
            guard try await connection.get(path) == before else { continue }
            do throws(PortError) {
                _ = try await connection.post(path, ["versions": after["versions"] ?? []])
                fault = nil
            } catch {
                // The answer may be lost and the list written: the next reading tells.
                fault = error
            }
            if try changed(try await connection.get(path), by: change, of: actor) == nil { return }
        }
        throw fault
            ?? PortError(
                .conflict,
                "The versions of actor \(actor) were changed by others each time they were to be saved. It is tried again later.")
    }

    /// The list after the change; nil where it changes nothing any more.
    private func changed(_ json: JSONValue, by change: Change, of actor: ActorID) throws(PortError) -> JSONValue? {
        let (_, fault) = VersionRecord.list(reading: json)
        if let fault {
            throw PortError(.corrupted, "The versions of actor \(actor) are damaged: \(fault). They were left alone.")
        }
        do {
            var editor = try JSONEditor(json.text().utf8)
            try change(&editor)
            let changed = editor.value() ?? json
            // Not `? nil :`, which would be JSON's null.
            return changed == json ? Optional.none : changed
        } catch {
            throw PortError(.corrupted, "The versions of actor \(actor) could not be changed: \(error).", cause: error)
        }
    }
}
