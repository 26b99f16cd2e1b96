public import Training
public import TrainingPorts

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Makes this process the one owner of a state folder for as long as the value lives.
///
/// The lock is the kernel's (`flock`): it ends with its process however that ends, so there is no stale lock to clear and no process
/// number to trust. Who has it stands in the lock file, for the sentence that a second one reads.
public final class StateFolderLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock, or says who has it; never waits.
    /// - Parameters:
    ///   - folder: the state folder, prepared.
    ///   - started: when this program started.
    ///   - command: what it was started as, such as `dashboard`; no arguments that could hold a secret.
    /// - Throws: `PortError(.conflict)` with a sentence and a `StateFolderOwner` as its cause, or `.notWritable`.
    public init(folder: String, started: Timestamp, command: String) throws(PortError) {
        let path = folder + "/lock"
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw PrivateFile.fault("open the lock", path) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(file)
            guard reason == EWOULDBLOCK else {
                throw PortError(.notWritable, "cannot lock \(path): \(String(cString: strerror(reason)))")
            }
            throw StateFolderLock.held(folder, path)
        }
        let owner = StateFolderOwner(pid: getpid(), started: started, command: command)
        guard ftruncate(file, 0) == 0, SmallFile.write(owner.text, to: file) else {
            close(file)
            throw PrivateFile.fault("write the lock", path)
        }
        descriptor = file
    }

    deinit {
        // Said aloud: a child that is just being started has the descriptor too, and would keep the lock until it is another program.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    private static func held(_ folder: String, _ path: String) -> PortError {
        // The file may still tell of an earlier owner in the instant before the new one has written.
        guard let owner = SmallFile.text(at: path).flatMap(StateFolderOwner.init(text:)), ProcessState.of(owner.pid) != .gone
        else {
            return PortError(
                .conflict, "another actor-trainer has \(folder); end it first, or choose another folder with --state-dir")
        }
        var sentence = "\(owner.command) has \(folder): pid \(owner.pid) since \(owner.started)"
        if ProcessState.of(owner.pid) == .stopped {
            sentence += ". It is stopped; continue it with “fg” in its terminal or “kill -CONT \(owner.pid)”"
        }
        return PortError(.conflict, sentence, cause: owner)
    }
}

/// Who owns a state folder.
public struct StateFolderOwner: Error, Hashable, Sendable {
    public let pid: Int32
    public let started: Timestamp
    public let command: String
    /// Whether it was stopped, as by Ctrl-Z, when it was looked at.
    public var isStopped: Bool { ProcessState.of(pid) == .stopped }

    init(pid: Int32, started: Timestamp, command: String) {
        self.pid = pid
        self.started = started
        self.command = command
    }

    /// Three lines: process number, time, command.
    var text: String { "\(pid)\n\(started)\n\(command)\n" }

    init?(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 3, let pid = Int32(lines[0]), let started = Timestamp(parsing: String(lines[1])) else { return nil }
        self.init(pid: pid, started: started, command: String(lines[2]))
    }
}
