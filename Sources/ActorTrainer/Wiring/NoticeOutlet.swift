import Foundation
import Synchronization
import TerminalUI

/// Where the terminal is told things: by the dashboard's own thread while there is one, else straight to standard error.
final class NoticeOutlet: Sendable {
    private let owner = Mutex<(@Sendable (TerminalNotice) -> Void)?>(nil)
    /// A dashboard will own the terminal: before and after it nobody writes there.
    private let isReserved: Bool

    init(isReserved: Bool) { self.isReserved = isReserved }

    func lead(to show: (@Sendable (TerminalNotice) -> Void)?) { owner.withLock { $0 = show } }

    func show(_ notice: TerminalNotice) {
        if let owner = owner.withLock({ $0 }) { return owner(notice) }
        guard !isReserved, isatty(STDERR_FILENO) == 1 else { return }
        // A terminal that has gone is no reason to stop watching paid trainings.
        try? FileHandle.standardError.write(contentsOf: Data((notice.sequence + (notice.rings ? "\u{7}" : "")).utf8))
    }
}
