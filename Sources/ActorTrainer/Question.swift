import Foundation
import Synchronization
import TerminalUI

/// A question to the operator on the terminal, which rests on no.
///
/// The answer is waited for on a thread of its own: whoever thinks it over must not stand in the way of trainings that run, and Ctrl-C
/// must end the question.
enum Question {
    /// - Throws: `CancellationError` where the task is cancelled before there is an answer.
    static func confirm(_ question: String) async throws -> Bool {
        FileHandle.standardOutput.write(Data("\(DisplayText(untrusted: question).string) [y/N] ".utf8))
        let stop = Pipe()
        let answer: String? = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                Thread {
                    let isAnswered = wait(for: STDIN_FILENO, orElse: stop.fileHandleForReading.fileDescriptor)
                    continuation.resume(with: isAnswered ? .success(readLine()) : .failure(CancellationError()))
                }.start()
            }
        } onCancel: {
            try? stop.fileHandleForWriting.write(contentsOf: Data([0]))
        }
        return ["y", "yes"].contains(answer?.lowercased())
    }

    /// Whether the first of two descriptors has something, or is at its end, and the second has nothing. A terminal has something when
    /// a whole line is there.
    private static func wait(for answer: CInt, orElse stop: CInt) -> Bool {
        var descriptors = [answer, stop].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while poll(&descriptors, nfds_t(descriptors.count), -1) < 0, errno == EINTR {}
        return descriptors[1].revents == 0
    }
}
