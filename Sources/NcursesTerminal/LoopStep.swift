public import TerminalUI

/// What a step wants of the loop.
public struct LoopStep: Hashable, Sendable {
    /// What becomes of the screen.
    public enum Action: Hashable, Sendable {
        case draw(Buffer)
        case idle
        case leave(code: Int32)
    }

    public var action: Action
    /// When the step wants to be called at the latest, from now, also without any input; nil sleeps until there is some.
    public var wakeAfter: Duration?
    /// Whether the bell rings.
    public var rings = false
    /// Whether the whole screen is sent, also what should be there already: another program may have written over it.
    public var repaints = false
    /// What is said to the operator beside the screen, after the frame.
    public var notices: [TerminalNotice] = []

    /// Show this; what is on the screen already is not sent again.
    public static func draw(_ buffer: Buffer) -> LoopStep { LoopStep(action: .draw(buffer)) }

    /// Nothing has changed.
    public static var idle: LoopStep { LoopStep(action: .idle) }

    /// Give the terminal back and end the loop; `run()` returns the code.
    public static func leave(code: Int32 = 0) -> LoopStep { LoopStep(action: .leave(code: code)) }

    /// The same, called again after this time at the latest.
    public func waking(after time: Duration) -> LoopStep {
        var step = self
        step.wakeAfter = time
        return step
    }

    /// The same, with notices; those that ring do so once.
    public func telling(_ notices: [TerminalNotice]) -> LoopStep {
        var step = self
        step.notices += notices
        step.rings = step.rings || notices.contains(where: \.rings)
        return step
    }
}
