internal import Foundation

/// A pipe whose reading end becomes readable when there is something to do: what a thread in `poll` can be woken with.
final class WakeUp: Sendable {
    let readingEnd: CInt
    let writingEnd: CInt

    /// - Throws: `TerminalError` where the process has no descriptor left.
    init() throws(TerminalError) {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw TerminalError(.noDescriptor, "No pipe can be opened: \(String(cString: strerror(errno))).")
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        readingEnd = ends[0]
        writingEnd = ends[1]
    }

    deinit {
        close(readingEnd)
        close(writingEnd)
    }

    /// Never blocks: a pipe that is full wakes the reader anyway.
    func wake() {
        var byte: UInt8 = 0
        _ = write(writingEnd, &byte, 1)
    }

    /// Takes all bytes that wait.
    func drain() -> [UInt8] {
        var result: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 256)
        while true {
            let count = read(readingEnd, &chunk, chunk.count)
            guard count > 0 else { return result }
            result += chunk[..<count]
        }
    }
}
