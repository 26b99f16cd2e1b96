import ActorMakerTestSupport
import Foundation
import Synchronization
import Testing
import Training
import TrainingPorts

@testable import ActorMakerServer

@Suite("Replacing a file as a whole")
struct FileReplacerTests {
    private let name = InventedProject.manifestName(1)

    private func replacer(_ project: InventedProject) -> FileReplacer { FileReplacer(root: "\(project.path)/data") }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("the mode stays, and nothing is left over", arguments: [0o600, 0o664, 0o755])
    func modes(mode: Int) throws {
        let project = try InventedProject()
        try project.write("old", to: name)
        let path = "\(project.path)/\(name)"
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        let reading = try Disk.load(path)
        #expect(try replacer(project).replace(path, read: reading, with: Array("new".utf8)) == .replaced)
        #expect(try project.text(name) == "new")
        #expect(try self.mode(path) == mode)
        #expect(project.files() == ["actor_manifests", "actor_manifests/0001_manifest.json", "actorsData.json"])
    }

    @Test("a symbolic link stays one, and its target is written")
    func link() throws {
        let project = try InventedProject()
        try project.write("old", to: "data/elsewhere.json")
        let path = "\(project.path)/\(name)"
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "../elsewhere.json")
        let reading = try Disk.load(path)
        #expect(try replacer(project).replace(path, read: reading, with: Array("new".utf8)) == .replaced)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == "../elsewhere.json")
        #expect(try project.text("data/elsewhere.json") == "new")
    }

    @Test("a link that leads out of the data folder is not followed for writing")
    func escapingLink() throws {
        let project = try InventedProject()
        try project.write("old", to: "outside.json")
        let path = "\(project.path)/\(name)"
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "../../outside.json")
        let reading = try Disk.load(path)
        let error = #expect(throws: DiskError.self) { try replacer(project).replace(path, read: reading, with: []) }
        #expect(error?.portError.code == .notWritable)
        #expect(try project.text("outside.json") == "old")
    }

    @Test("a full disk leaves the file as it was and no temporary one")
    func fullDisk() async throws {
        let project = try InventedProject()
        let old = InventedProject.manifest(id: 1)
        try project.write(old, to: name)
        var replacer = replacer(project)
        replacer.put = { (bytes, descriptor, path) throws(DiskError) in
            try Disk.put(Array(bytes.prefix(10)), descriptor, path)
            throw DiskError("write", path, code: ENOSPC)
        }
        let folder = try ProjectFolder(path: project.path, now: { Samples.time }, clock: InstantClock())
        await folder.use(replacer)
        let error = await #expect(throws: PortError.self) {
            try await folder.record(Samples.model(actor: 1, version: 1), of: ActorID(1))
        }
        #expect(error?.code == .notWritable)
        #expect(error?.message.contains("The disk is full") == true)
        #expect(error?.message.contains("0001_manifest.json") == true)
        #expect(try project.text(name) == old)
        #expect(project.files().allSatisfy { !$0.contains(FileReplacer.prefix) })
    }

    @Test("who writes at the last moment is not written over: the edit starts anew on what they left", arguments: [true, false])
    func lastMoment(inPlace: Bool) async throws {
        let project = try InventedProject()
        try project.write(InventedProject.manifest(id: 1, models: []), to: name)
        let theirs = InventedProject.manifest(id: 1, models: [InventedProject.model(id: 1, version: 7)])
        let looks = Mutex(0)
        var replacer = replacer(project)
        replacer.beforeLook = { [name] path in
            guard
                looks.withLock({
                    $0 += 1; return $0
                }) == 1
            else { return }
            if inPlace {
                try? project.write(theirs, to: name)
            } else {
                try? Data(theirs.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
            }
        }
        let folder = try ProjectFolder(path: project.path, now: { Samples.time }, clock: InstantClock())
        await folder.use(replacer)
        #expect(try await folder.record(Samples.model(actor: 1, version: 8), of: ActorID(1)) == .recorded)
        #expect(try await folder.cast().actors[0].models.map(\.version) == [VersionNumber(7), VersionNumber(8)])
        #expect(looks.withLock { $0 } == 2)
    }

    @Test("who writes each time is told as a conflict, and keeps what they wrote")
    func conflict() async throws {
        let project = try InventedProject()
        try project.write(InventedProject.manifest(id: 1, models: []), to: name)
        let looks = Mutex(0)
        var replacer = replacer(project)
        replacer.beforeLook = { [name] _ in
            let count = looks.withLock {
                $0 += 1; return $0
            }
            try? project.write(InventedProject.manifest(id: 1, images: 6 + count, models: []), to: name)
        }
        let folder = try ProjectFolder(path: project.path, now: { Samples.time }, clock: InstantClock())
        await folder.use(replacer)
        let error = await #expect(throws: PortError.self) {
            try await folder.record(Samples.model(actor: 1, version: 8), of: ActorID(1))
        }
        #expect(error?.code == .conflict)
        #expect(looks.withLock { $0 } == 5)
        #expect(try project.text(name) == InventedProject.manifest(id: 1, images: 11, models: []))
    }

    @Test("a file that appears where there was none is not written over")
    func appearing() throws {
        let project = try InventedProject()
        var replacer = replacer(project)
        replacer.beforeLook = { [name] _ in try? project.write("theirs", to: name) }
        let outcome = try replacer.replace("\(project.path)/\(name)", read: nil, with: Array("ours".utf8))
        #expect(outcome == .changedMeanwhile)
        #expect(try project.text(name) == "theirs")
        #expect(project.files().allSatisfy { !$0.contains(FileReplacer.prefix) })
    }

    @Test("what a crash has left is cleared away before the first write, and nothing else is")
    func leftovers() async throws {
        let project = try InventedProject()
        try project.write(InventedProject.manifest(id: 1), to: name)
        let left = [
            "data/.actor-trainer-a.tmp", "data/actor_manifests/.actor-trainer-b.tmp",
            "data/actors/0002_berta/.actor-trainer-c.tmp",
        ]
        for file in left { try project.write("half", to: file) }
        try project.write("theirs", to: "data/actor_manifests/.other.tmp")
        let folder = try ProjectFolder(path: project.path, now: { Samples.time }, clock: InstantClock())
        _ = try await folder.record(Samples.model(actor: 1, version: 1), of: ActorID(1))
        #expect(left.allSatisfy { !project.exists($0) })
        #expect(project.exists("data/actor_manifests/.other.tmp"))
    }

    @Test("while another program holds the lock nothing is written, and it is said")
    func locked() async throws {
        let project = try InventedProject()
        try project.write(InventedProject.manifest(id: 1), to: name)
        let lockFile = "\(project.path)/lock"
        let lock = try #require(try Disk.lock(lockFile))
        let folder = try ProjectFolder(path: project.path, lockFile: lockFile, now: { Samples.time }, clock: InstantClock())
        let error = await #expect(throws: PortError.self) {
            try await folder.record(Samples.model(actor: 1, version: 1), of: ActorID(1))
        }
        #expect(error?.code == .conflict)
        Disk.shut(lock)
        #expect(try await folder.record(Samples.model(actor: 1, version: 1), of: ActorID(1)) == .recorded)
    }
}

extension ProjectFolder {
    func use(_ replacer: FileReplacer) { self.replacer = replacer }
}
