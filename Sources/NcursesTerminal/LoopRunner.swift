internal import Foundation
internal import TerminalUI

/// One run of a loop, on the terminal's thread.
final class LoopRunner<Message: Sendable> {
    let terminal: Terminal
    let signals: SignalInbox
    private let mailbox: Mailbox<Message>
    private let stop: StopRequest
    private let grace: Duration
    private let step: TerminalLoop<Message>.Step
    private let clock = ContinuousClock()
    private var pacer: FramePacer

    /// What the next step gets at once.
    var inputs: [TerminalInput] = []
    /// A new size waits for the next frame's time, as messages do: a storm of sizes draws no storm of frames.
    var isResized = false
    private var hasMessages = false
    private var hasMoreKeys = false
    /// When the step wants to be called.
    private var deadline: ContinuousClock.Instant?
    /// When we leave without being told to, since the terminal is gone; it is neither read nor written after that.
    private var hangUpDeadline: ContinuousClock.Instant?
    private var exitCode: Int32?

    init(
        terminal: Terminal, signals: SignalInbox, mailbox: Mailbox<Message>, stop: StopRequest, pacer: FramePacer,
        grace: Duration,
        step: @escaping TerminalLoop<Message>.Step
    ) {
        self.terminal = terminal
        self.signals = signals
        self.mailbox = mailbox
        self.stop = stop
        self.pacer = pacer
        self.grace = grace
        self.step = step
    }

    func run() throws -> Int32 {
        inputs = [.resized(width: terminal.facts.width, height: terminal.facts.height)]
        takeStep()
        while exitCode == nil {
            wait()
            if stop.isRequested { throw CancellationError() }
            if isStepDue { takeStep() }
            if let hangUpDeadline, hangUpDeadline <= clock.now { exitCode = exitCode ?? 128 + SIGHUP }
        }
        return exitCode ?? 0
    }

    // MARK: Waiting

    /// Sleeps until something comes or is due, and takes note of it. Signals come before keys, keys before messages.
    private func wait() {
        let keys = hangUpDeadline == nil ? STDIN_FILENO : -1
        var descriptors = [signals.descriptor, stop.wakeUp.readingEnd, mailbox.wakeUp.readingEnd, keys].map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        let count = poll(&descriptors, nfds_t(descriptors.count), timeoutMilliseconds)
        let isReady = descriptors.map { count > 0 && $0.revents != 0 }
        if isReady[0] { for number in signals.takeAll() { take(signal: number) } }
        if isReady[2] {
            // The mailbox announces once until it is emptied: emptying only the pipe lets messages gather until the next frame.
            _ = mailbox.wakeUp.drain()
            hasMessages = true
        }
        if isReady[3] || hasMoreKeys {
            takeKeys()
        } else if count == 0, let paste = terminal.decoder.endPaste() {
            inputs.append(paste)
        }
    }

    private func takeKeys() {
        let read = terminal.readInputs()
        inputs += read.inputs
        hasMoreKeys = read.hasMore
        if read.inputs.isEmpty, !read.hasMore, terminal.isInputAtEnd() { hangUp() }
    }

    private func hangUp() {
        guard hangUpDeadline == nil else { return }
        hangUpDeadline = clock.now + grace
        inputs.append(.terminate(signal: 0))
    }

    /// For `poll`: -1 sleeps without limit. Rounded up, so that nothing is due a moment too early and asked for in a circle.
    private var timeoutMilliseconds: CInt {
        if hasMoreKeys || !inputs.isEmpty { return 0 }
        let now = clock.now
        var times = [deadline, hangUpDeadline].compactMap(\.self).map { $0 - now }
        if hasMessages || isResized { times.append(pacer.delay(at: now)) }
        if terminal.decoder.isInPaste { times.append(.seconds(1)) }
        guard let shortest = times.min() else { return -1 }
        let milliseconds = (max(.zero, shortest) / .milliseconds(1)).rounded(.up)
        return CInt(min(milliseconds, 86_400_000))
    }

    // MARK: Stepping

    /// Keys act at once; all else waits for the next frame's time.
    private var isStepDue: Bool {
        if !inputs.isEmpty { return true }
        let now = clock.now
        let isTimerDue = deadline.map { $0 <= now } ?? false
        return (hasMessages || isResized || isTimerDue) && pacer.delay(at: now) == .zero
    }

    /// Hands everything that waits to the step, and does what it says.
    private func takeStep() {
        if isResized {
            isResized = false
            terminal.fitToSize()
            inputs.append(.resized(width: terminal.facts.width, height: terminal.facts.height))
        }
        hasMessages = false
        let taken = inputs
        inputs = []
        let wish = step(taken, mailbox.takeAll())
        deadline = wish.wakeAfter.map { clock.now + $0 }
        mailbox.readerWakes(at: deadline)
        switch wish.action {
        case .leave(let code): exitCode = code
        case .idle: break
        case .draw(let buffer):
            guard hangUpDeadline == nil else { return }
            if wish.repaints { terminal.forgetScreen() }
            terminal.present(buffer)
            pacer.drew(at: clock.now)
        }
        guard hangUpDeadline == nil else { return }
        for notice in wish.notices { terminal.tell(notice) }
        if wish.rings { terminal.bell() }
    }
}
