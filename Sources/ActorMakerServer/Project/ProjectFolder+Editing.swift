import JSONText
import Training
public import TrainingPorts

extension ProjectFolder {
    /// Changes a file in place: reads it anew, edits, replaces; starts over where somebody else has changed it meanwhile.
    /// - Parameters:
    ///   - template: what a missing file begins as; nil refuses a missing file.
    ///   - change: may run several times, each time on what is on disk then.
    /// - Throws: `PortError`; the file is then as others left it.
    func edit<Result>(
        _ path: String, template: String? = nil, _ change: (inout JSONEditor) throws(PortError) -> Result
    ) async throws(PortError) -> Result {
        let lock = try await takeLock()
        defer { lock.map(Disk.shut) }
        tidy()
        for attempt in 1...ProjectFolder.looks {
            if attempt > 1 { try? await clock.sleep(for: ProjectFolder.pause) }
            // From here to the replacement nothing is awaited: no other write of this program comes between.
            let reading = try load(path)
            guard let text = reading?.bytes ?? template.map({ Array($0.utf8) }) else { throw missing(path) }
            guard var editor = try editor(text, path, isLast: attempt == ProjectFolder.looks) else { continue }
            let result = try change(&editor)
            if editor.bytes == reading?.bytes { return result }
            if try replace(path, reading, with: editor.bytes) == .replaced { return result }
        }
        throw PortError(
            .conflict,
            "\(paths.short(path)) was changed by another program each time it was to be written. It is tried again later.")
    }

    /// Nil where the text may only be torn.
    private func editor(_ text: [UInt8], _ path: String, isLast: Bool) throws(PortError) -> JSONEditor? {
        do throws(JSONError) { return try JSONEditor(text) } catch {
            guard isLast else { return nil }
            throw PortError(
                .corrupted, "\(paths.short(path)) is \(error). It was not written, so as not to hide the damage: mend it.",
                cause: error)
        }
    }

    private func replace(_ path: String, _ reading: FileReading?, with bytes: [UInt8]) throws(PortError) -> FileReplacer.Outcome {
        do throws(DiskError) {
            if reading == nil {
                let (folder, _) = FileReplacer.split(path)
                for folder in [FileReplacer.split(folder).folder, folder] { try Disk.makeFolder(folder) }
            }
            return try replacer.replace(path, read: reading, with: bytes)
        } catch {
            throw error.portError
        }
    }

    private func missing(_ path: String) -> PortError {
        PortError(
            .notFound, "\(paths.short(path)) is not there, and it is not for this program to make it. Run the migration first.")
    }

    private func takeLock() async throws(PortError) -> Int32? {
        guard let lockFile else { return nil }
        for _ in 0..<200 {
            do throws(DiskError) { if let lock = try Disk.lock(lockFile) { return lock } } catch { throw error.portError }
            try? await clock.sleep(for: .milliseconds(25))
        }
        throw PortError(.conflict, "Another actor-trainer has held \(lockFile) for five seconds. It is tried again later.")
    }

    /// Takes away temporary files that a crash has left, once.
    private func tidy() {
        guard !isTidied else { return }
        isTidied = true
        let actors = (try? Disk.names(in: paths.actorFolders)) ?? []
        let folders = [paths.data, paths.manifestFolder, paths.versionFolder] + actors.map { "\(paths.actorFolders)/\($0)" }
        for folder in folders {
            for name in (try? Disk.names(in: folder)) ?? [] where name.hasPrefix(FileReplacer.prefix) && name.hasSuffix(".tmp") {
                Disk.remove("\(folder)/\(name)")
            }
        }
    }

    /// Checks, before anything is paid for, what every training will need of the folder.
    /// - Throws: `PortError` for a missing workflow and for folders that cannot be written.
    public func check() async throws(PortError) {
        _ = try await template()
        for folder in [paths.data, paths.manifestFolder] where !Disk.canWrite(folder) {
            throw PortError(
                .notWritable,
                "\(folder) cannot be written, so no result could be recorded. Give this user write access, or use --read-only.")
        }
        tidy()
    }
}

/// An edit's own faults as the operator's: the file's structure is not what it must be.
func refusing<Result>(_ edit: () throws(JSONPathError) -> Result) throws(PortError) -> Result {
    do throws(JSONPathError) { return try edit() } catch {
        throw PortError(.corrupted, "The file is not laid out as it should be: \(error). Nothing was written.", cause: error)
    }
}
