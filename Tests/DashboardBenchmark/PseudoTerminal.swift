import Foundation

/// A program on a pseudo-terminal of its own, 120 columns by 40 lines, which is also its controlling terminal: when we die, it is
/// hung up and dies too. Nothing stands between the program and the one who reads here.
final class PseudoTerminal {
    static let width: UInt16 = 120
    static let height: UInt16 = 40

    let pid: pid_t
    /// Everything that the program has written so far, in bytes.
    private(set) var byteCount = 0
    private let master: CInt
    /// Held open, so that reading waits for the program also before that has opened it: nothing comes of it but the program's end.
    private let other: CInt
    private let watchdog: Watchdog
    private var isEnded = false
    private var chunk = [UInt8](repeating: 0, count: 1 << 16)

    /// - Parameters:
    ///   - command: the program's path and its arguments.
    ///   - environment: all of its environment.
    init(_ command: [String], environment: [String: String], watchdog: Watchdog) throws(BenchmarkError) {
        self.watchdog = watchdog
        let (master, other, name) = try PseudoTerminal.open()
        (self.master, self.other) = (master, other)
        do {
            pid = try PseudoTerminal.spawn(command, environment, on: name)
        } catch {
            [master, other].forEach { close($0) }
            throw error
        }
    }

    deinit {
        end()
        [master, other].forEach { close($0) }
    }

    /// Waits for output at most this long.
    /// - Returns: what came; empty where nothing did or the program has ended.
    func read(within time: Duration) throws(BenchmarkError) -> ArraySlice<UInt8> {
        try watchdog.check()
        var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, CInt(max(0, time / .milliseconds(1)).rounded(.up))) > 0 else { return [] }
        let count = Foundation.read(master, &chunk, chunk.count)
        guard count > 0 else {
            awaitExit()
            return []
        }
        byteCount += count
        return chunk[..<count]
    }

    /// Types.
    func write(_ keys: [UInt8]) throws(BenchmarkError) {
        guard Foundation.write(master, keys, keys.count) == keys.count else {
            throw BenchmarkError("the pseudo-terminal takes no keys; the program has ended")
        }
    }

    /// Reads until nothing came for `time`.
    func settle(for time: Duration) throws(BenchmarkError) {
        while try !read(within: time).isEmpty {}
    }

    /// Reads until the output from now on holds `text` so many times.
    func wait(for text: String, times: Int = 1, atMost patience: Duration) throws(BenchmarkError) {
        let wanted = Array(text.utf8)
        var output: [UInt8] = []
        let start = ContinuousClock.now
        while ContinuousClock.now - start < patience {
            output += try read(within: .milliseconds(50))
            if output.ranges(of: wanted).count >= times { return }
            if let code = reap() { throw ended(code, output) }
        }
        let end = String(decoding: output.suffix(400), as: UTF8.self)
        throw BenchmarkError("“\(text)” did not come within \(patience); the last output was: \(end.debugDescription)")
    }

    private func ended(_ code: Int32, _ output: [UInt8]) -> BenchmarkError {
        BenchmarkError("a program ended early with \(code): \(String(decoding: output.suffix(400), as: UTF8.self))")
    }

    /// The exit code once the program has ended, 128 and more after a signal; nil as long as it runs.
    func reap() -> Int32? {
        var status: CInt = 0
        guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
        isEnded = true
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    /// Once the terminal is hung up, which a program does as it exits, it can be reaped in a moment; `poll` waits no more.
    private func awaitExit() {
        var info = siginfo_t()
        waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT)
    }

    /// Ends the program, the hard way where it does not go by itself.
    func end() {
        guard !isEnded else { return }
        defer { isEnded = true }
        kill(pid, SIGTERM)
        for _ in 0..<200 {
            // What it still has to say must not block it.
            var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            if poll(&descriptor, 1, 10) > 0, Foundation.read(master, &chunk, chunk.count) <= 0 { awaitExit() }
            if reap() != nil { return }
        }
        kill(-pid, SIGKILL)
        waitpid(pid, nil, 0)
    }
}
