import Dashboard
import EngineAPI
import Foundation
import Journal
import NcursesTerminal
import Orchestration
import Synchronization
import TerminalUI
import Training
import TrainingPorts

/// One sitting at the dashboard: the terminal's loop on its thread, and beside it what carries updates in and commands out.
struct DashboardRun {
    let session: Session
    let usesColours: Bool
    /// The command that leads back here.
    let wayBack: String

    func run() async throws -> Int32 {
        let mailbox = try Mailbox<DashboardInput>(
            capacity: 8192, isDroppable: DashboardRun.isDroppable, isPatient: DashboardRun.isPatient)
        let (orders, outbox) = AsyncStream.makeStream(of: DashboardEffect.self)
        // The terminal's thread has the clock: it alone knows when the time has to be shown, and no other wakes for it.
        let first = await session.engine.attach(for: .allButTicks)
        let loop = TerminalLoop(
            options: TerminalOptions(usesColours: usesColours, standardErrorFile: session.folder + "/stderr.log"),
            mailbox: mailbox)
        let (snapshot, wayBack, clock) = (first.snapshot, wayBack, session.clock)
        session.notices.lead(to: { mailbox.post(.noticed($0)) })
        defer { session.notices.lead(to: nil) }
        // Printed when the terminal has been given back, so that it stays on the screen.
        let farewell = Farewell()
        defer { farewell.lines.withLock { $0 }.forEach(Output.print) }
        return try await withThrowingTaskGroup(of: Int32?.self) { group in
            group.addTask {
                try await loop.run { facts in
                    var desk = DashboardDesk(
                        snapshot: snapshot, wayBack: wayBack, facts: facts, clock: clock, send: { outbox.yield($0) },
                        sayFarewell: { lines in farewell.lines.withLock { $0 = lines } })
                    return { desk.step($0, $1) }
                }
            }
            // On the engine's thread: its steps are short, and no other thread has to wake for them.
            group.addTask(executorPreference: session.engine.executors.tasks) {
                await feed(mailbox, from: first.updates)
                return nil
            }
            group.addTask {
                // A look at the outside takes its time, and a cancel must not wait for it.
                await withDiscardingTaskGroup { looks in
                    for await order in orders {
                        guard case .check(let plan, let actors) = order else {
                            await carryOut(order, mailbox)
                            continue
                        }
                        looks.addTask { mailbox.post(.checked(plan: plan, await session.preflight(actors))) }
                    }
                    looks.cancelAll()
                }
                return nil
            }
            while let result = try await group.next() {
                guard let code = result else { continue }
                outbox.finish()
                group.cancelAll()
                return code
            }
            return 0
        }
    }

    private func feed(_ mailbox: Mailbox<DashboardInput>, from updates: AsyncStream<Update>) async {
        for await update in updates { mailbox.post(.update(update)) }
        // The stream ends when this subscriber was too slow, or when the engine has stopped.
        guard !Task.isCancelled else { return }
        await attachAgain(mailbox)
    }

    private func attachAgain(_ mailbox: Mailbox<DashboardInput>) async {
        let attachment = await session.engine.attach(for: .allButTicks)
        mailbox.post(.attached(attachment.snapshot))
        await feed(mailbox, from: attachment.updates)
    }

    private func carryOut(_ effect: DashboardEffect, _ mailbox: Mailbox<DashboardInput>) async {
        switch effect {
        case .perform(let command): mailbox.post(.replied(commandID: command.id, await session.engine.perform(command)))
        // The feeder attaches by itself when its stream ends.
        case .attachAgain, .leave, .bell, .tell, .redraw, .check: break
        }
    }

    /// What a newer one replaces may be dropped when the terminal is slow; facts and answers never.
    static let isDroppable: @Sendable (DashboardInput) -> Bool = { input in
        if case .update(.reading) = input { true } else { false }
    }

    /// What a training says and does from second to second may wait for the clock on the screen to move. What happens may not.
    static let isPatient: @Sendable (DashboardInput) -> Bool = { input in
        switch input {
        case .update(.reading(.progress)), .update(.reading(.checked)): true
        case .update(.reading(.log(let line))): line.attempt != nil && line.severity == .info
        default: false
        }
    }
}

/// What is said when the terminal has been given back.
private final class Farewell: Sendable {
    let lines = Mutex<[DisplayText]>([])
}

/// The dashboard's state on the terminal's thread.
private struct DashboardDesk {
    private var state: DashboardState
    private let charset: Charset
    private let clock: any EngineClock
    private let send: (DashboardEffect) -> Void
    private let sayFarewell: ([DisplayText]) -> Void
    private var size: (width: Int, height: Int)

    init(
        snapshot: Snapshot, wayBack: String, facts: TerminalFacts, clock: any EngineClock,
        send: @escaping (DashboardEffect) -> Void,
        sayFarewell: @escaping ([DisplayText]) -> Void
    ) {
        state = DashboardState(
            snapshot: snapshot, commandPrefix: UUID().uuidString, wayBack: wayBack, checksPlans: true, width: facts.width,
            height: facts.height)
        charset = facts.charset
        self.clock = clock
        size = (facts.width, facts.height)
        self.send = send
        self.sayFarewell = sayFarewell
    }

    mutating func step(_ inputs: [TerminalInput], _ messages: [DashboardInput]) -> LoopStep {
        var (rings, repaints) = (false, false)
        var notices: [TerminalNotice] = []
        for input in messages + inputs.map(DashboardInput.terminal) {
            if case .terminal(.resized(let width, let height)) = input { size = (width, height) }
            for effect in state.reduce(input) {
                switch effect {
                case .leave:
                    sayFarewell(state.farewell)
                    return .leave(code: DashboardDesk.code(for: input))
                case .bell: rings = true
                case .tell(let notice): notices.append(notice)
                case .perform, .check, .attachAgain: send(effect)
                case .redraw: repaints = true
                }
            }
        }
        if state.countsTime { _ = state.reduce(.update(.reading(.tick(clock.now())))) }
        var step = LoopStep.draw(state.paint(width: size.width, height: size.height, charset: charset)).telling(notices)
        step.rings = step.rings || rings
        step.repaints = repaints
        return state.standsStillFor.map { step.waking(after: $0) } ?? step
    }

    /// As a shell would have it: 128 and the signal's number where a signal ended it.
    private static func code(for input: DashboardInput) -> Int32 {
        guard case .terminal(.terminate(let signal)) = input, signal > 0 else { return 0 }
        return 128 + signal
    }
}
