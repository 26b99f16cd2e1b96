import Foundation
import Testing
import Training
import TrainingPorts
import TrainingTestSupport
import WaitingTestSupport

@testable import Journal

@Suite("The state folder")
struct StateFolderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("a folder that cannot be made is named as it is written")
    func cleanPath() {
        let error = #expect(throws: PortError.self) { try StateFolder.prepare(at: "/proc/no/state") }
        #expect(
            error?.message.contains(" /proc/no:") == true || error?.message.contains("“/proc/no”") == true,
            "\(error?.message ?? "")")
        #expect(error?.message.contains("//") == false)
    }

    @Test("is made with its parents and shut to others")
    func making() throws {
        try StateFolder.prepare(at: folder["a/b/c"])
        #expect(try folder.mode(of: "a/b/c") == 0o700)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder["a/b/c"])
        try StateFolder.prepare(at: folder["a/b/c"])
        #expect(try folder.mode(of: "a/b/c") == 0o700)
    }

    @Test("is refused where it cannot be a folder")
    func notAFolder() throws {
        try Data().write(to: URL(fileURLWithPath: folder["file"]))
        for path in [folder["file"], folder["file/below"]] {
            #expect(throws: PortError.self) { try StateFolder.prepare(at: path) }.map { #expect($0.code == .notWritable) }
        }
    }

    @Test(
        "is refused in a folder that is synced between machines", arguments: ["Dropbox", "OneDrive - Studio", "Mobile Documents"])
    func synced(name: String) throws {
        #expect(throws: PortError.self) { try StateFolder.prepare(at: folder["\(name)/x"]) }.map {
            #expect($0.code == .notSupported)
        }
        #expect(!FileManager.default.fileExists(atPath: folder[name]))
    }

    @Test("is known to be on a network by the table of mounts")
    func mounts() {
        let table = MountTable(
            text: """
                /dev/sda1 / ext4 rw 0 0
                server:/home /home nfs4 rw 0 0
                /dev/sdb1 /home/me/local\\040disk ext4 rw 0 0
                //nas/x /mnt/x cifs rw 0 0
                tmpfs /mnt/x tmpfs rw 0 0
                """)
        #expect(table.network(at: "/var/lib") == nil)
        #expect(table.network(at: "/home") == "NFS")
        #expect(table.network(at: "/home/me/state") == "NFS")
        #expect(table.network(at: "/homes") == nil)
        #expect(table.network(at: "/home/me/local disk/state") == nil)
        #expect(table.network(at: "/mnt/x") == nil, "a later mount hides the earlier one at its place")
    }

    @Test("has one owner; a second one reads who has it")
    func oneOwner() throws {
        var first: StateFolderLock? = try StateFolderLock(folder: folder.path, started: .sample, command: "dashboard")
        let error = #expect(throws: PortError.self) {
            try StateFolderLock(folder: folder.path, started: .sample, command: "train")
        }
        #expect(error?.code == .conflict)
        let pid = ProcessInfo.processInfo.processIdentifier
        #expect(error?.message == "dashboard has \(folder.path): pid \(pid) since 2026-11-23T16:04:52.120Z")
        #expect((error?.cause as? StateFolderOwner)?.pid == pid)
        #expect(try folder.mode(of: "lock") == 0o600)
        withExtendedLifetime(first) {}
        first = nil
        _ = try StateFolderLock(folder: folder.path, started: .sample, command: "train")
    }

    @Test("is known to be owned without being taken; what a program that has ended left in the file is no owner")
    func looking() throws {
        #expect(!StateFolderLock.isHeld(folder.path))
        var first: StateFolderLock? = try StateFolderLock(folder: folder.path, started: .sample, command: "dashboard")
        #expect(StateFolderLock.isHeld(folder.path))
        withExtendedLifetime(first) {}
        first = nil
        // Our own number still stands in it, and we run: the kernel's word counts.
        #expect(!StateFolderLock.isHeld(folder.path))
        try "2147483600\n2026-11-23T16:04:52.120Z\ndashboard\n".write(
            toFile: folder["lock"], atomically: false, encoding: .utf8)
        #expect(!StateFolderLock.isHeld(folder.path))
    }

    @Test("is free again when its owner was killed, and says so when its owner is stopped")
    func ownerKilled() async throws {
        let path = folder["lock"]
        let owner = Process()
        owner.executableURL = URL(fileURLWithPath: "/bin/sh")
        // The inner shell holds the lock by its descriptor 9 and tells of itself as the program would.
        owner.arguments = [
            "-c", "exec 9>\"$0\"; flock 9; printf '%s\\n2026-11-23T16:04:52.120Z\\ndashboard\\n' $$ >&9; exec sleep 600", path,
        ]
        try owner.run()
        defer { owner.terminate() }
        try await eventually("the lock is taken") { SmallFile.text(at: path)?.isEmpty == false }
        func refusal() -> String? {
            do throws(PortError) {
                _ = try StateFolderLock(folder: folder.path, started: .sample, command: "train")
                return nil
            } catch { return error.message }
        }
        #expect(refusal()?.contains("pid \(owner.processIdentifier)") == true)
        kill(owner.processIdentifier, SIGSTOP)
        try await eventually("the owner is stopped") { ProcessState.of(owner.processIdentifier) == .stopped }
        #expect(refusal()?.contains("It is stopped") == true)
        kill(owner.processIdentifier, SIGKILL)
        owner.waitUntilExit()
        #expect(refusal() == nil)
    }
}
