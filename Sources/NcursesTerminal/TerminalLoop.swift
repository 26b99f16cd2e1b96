internal import CTerminalGuard
internal import Foundation
public import TerminalUI

/// The terminal's thread: sleeps until there is a key, a signal or a message, takes all there is, and draws one frame.
///
/// Reducing and painting run here, so that no wait anywhere else stands between a key and its frame. With nothing to do the
/// thread sleeps in `poll` without a time limit.
public struct TerminalLoop<Message: Sendable>: Sendable {
    /// What the program does with what came: changes its state and says what to show. Runs on the terminal's thread.
    public typealias Step = ([TerminalInput], [Message]) -> LoopStep

    public let options: TerminalOptions
    public let mailbox: Mailbox<Message>
    /// The most frames a second that messages and timers cause. Frames after a key are drawn at once.
    public let framesPerSecond: Int
    /// How long the step may go on after the terminal is gone.
    public let graceAfterHangUp: Duration

    public init(
        options: TerminalOptions, mailbox: Mailbox<Message>, framesPerSecond: Int = 30, graceAfterHangUp: Duration = .seconds(5)
    ) {
        self.options = options
        self.mailbox = mailbox
        self.framesPerSecond = framesPerSecond
        self.graceAfterHangUp = graceAfterHangUp
    }

    /// Takes the terminal, runs until a step leaves, and gives the terminal back. Waits without holding a thread of the pool.
    ///
    /// `start` is called once, on the terminal's thread, with what the terminal is; the step it returns owns the state. The
    /// first step gets the size as `.resized`.
    /// - Returns: the code that the step left with.
    /// - Throws: `TerminalError` where there is no usable terminal, `CancellationError` when the task was cancelled.
    public func run(_ start: @escaping @Sendable (TerminalFacts) -> Step) async throws -> Int32 {
        let stop = try StopRequest()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let thread = Thread {
                    terminal_guard_name_thread("terminal")
                    continuation.resume(with: Result { try runOnThisThread(start, stop: stop) })
                }
                thread.stackSize = 8 << 20
                thread.start()
            }
        } onCancel: {
            stop.request()
        }
    }

    private func runOnThisThread(_ start: (TerminalFacts) -> Step, stop: StopRequest) throws -> Int32 {
        terminal_guard_allow_job_control()
        let terminal = try Terminal(options: options)
        let signals = try SignalInbox()
        // In this order: a signal must not end the process while the screen is still on.
        defer {
            terminal.leave()
            signals.end()
        }
        let runner = LoopRunner(
            terminal: terminal, signals: signals, mailbox: mailbox, stop: stop,
            pacer: FramePacer(framesPerSecond: framesPerSecond),
            grace: graceAfterHangUp, step: start(terminal.facts))
        return try runner.run()
    }
}
