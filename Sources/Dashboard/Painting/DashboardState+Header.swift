import EngineAPI
import TerminalUI
import Training

/// Two lines on top: what this is and what it works on; then how things stand.
extension DashboardState {
    /// One piece of the header; where there is no room the ones of the highest rank go first.
    private struct Piece {
        var text: DisplayText
        /// What stands there where there is no room for all of it; nil where the text itself may be cut.
        var short: DisplayText?
        var role: Role
        var rank: Int

        init(_ text: String, short: String? = nil, _ role: Role = .header, rank: Int) {
            self.text = DisplayText(untrusted: text)
            self.short = short.map { DisplayText(untrusted: $0) }
            self.role = role
            self.rank = rank
        }
    }

    func paintHeader(in area: Rect, on buffer: inout Buffer) {
        buffer.fill(area, style: Style(.header))
        let (first, second) = area.splitTop(1)
        // With nothing under way no tick comes, and a bare clock would stand still: then it is the time of the newest news.
        let time = countsTime ? "\(now.minuteText) UTC" : "as of \(now.minuteText) UTC"
        let clock = DisplayText(untrusted: time)
        buffer.put(clock, x: first.maxX - clock.width - 1, y: first.y, style: Style(.header), in: first)
        let left = Rect(x: first.x, y: first.y, width: max(0, first.width - clock.width - 2), height: 1)
        paint(identity, in: left, on: &buffer)
        paint(standing, in: second, on: &buffer)
    }

    private var identity: [Piece] {
        var pieces = [Piece("actor-trainer", rank: 2)]
        if source.isSimulation {
            let scale = Int(exactly: source.timeScale).map(String.init) ?? "\(source.timeScale)"
            pieces.append(Piece(" SIMULATION ×\(scale) ", .simulation, rank: 0))
        }
        if source.isReadOnly { pieces.append(Piece(" READ ONLY ", .simulation, rank: 0)) }
        if case .lost = connection { pieces.append(Piece(" NO ENGINE ", .error, rank: 0)) }
        pieces.append(Piece(source.kind == .demo ? "demo" : "\(source.kind.rawValue) \(source.label)", rank: 1))
        pieces.append(tunnelPiece)
        return pieces
    }

    private var standing: [Piece] {
        let tally = trainings.tally
        var pieces = [Piece("\(counted(tally.running, "training")) · \(tally.queued) queued", rank: 0)]
        if tally.uncertain > 0 { pieces.append(Piece("\(tally.uncertain) UNCERTAIN", .error, rank: 0)) }
        if let journalFault {
            pieces.append(Piece("JOURNAL TAKES NOTHING: \(journalFault)", short: "JOURNAL TAKES NOTHING", .error, rank: 1))
        }
        if let hold = ledger.queue.hold {
            // What was planned may be gone by now; the hold stands for what comes.
            let reason = tally.queued == 0 && hold.cause == .uncleanEnd ? "h lets new trainings start" : hold.reason
            pieces.append(Piece("HELD: \(reason)", .warning, rank: 1))
        }
        pieces.append(Piece("\(wishedParallelism ?? ledger.queue.parallelism) at once", rank: 4))
        pieces += moneyPieces
        pieces.append(endpointPiece)
        return pieces
    }

    /// What is burnt an hour, and the balance with its age.
    private var moneyPieces: [Piece] {
        var pieces: [Piece] = []
        if let burn = ledger.burnPerHour, burn > .zero {
            // Where nobody answers, some of them may have ended.
            let isSure = ledger.openAttempts.allSatisfy(isAnswered)
            pieces.append(Piece(isSure ? "\(burn)/h" : "\(burn)/h?", rank: 1))
        }
        if let account, let balance = account.balance {
            let role: Role = account.fault == nil ? .header : .warning
            pieces.append(
                Piece("balance \(balance) (\(account.asOf.minuteText(seenAt: now)))", short: "balance \(balance)", role, rank: 4))
        }
        return pieces
    }

    /// The endpoint's own counts, with when they were read.
    private var endpointPiece: Piece {
        guard let health else { return Piece("RunPod: not asked yet", short: "RunPod ?", rank: 3) }
        let time = health.asOf.minuteText(seenAt: now)
        if health.fault != nil {
            let words = health.isRefused ? "RunPod: refused" : "RunPod: no answer"
            return Piece(health.health == nil ? words : "\(words), last \(time)", short: words, .warning, rank: 3)
        }
        guard let counts = health.health else { return Piece("RunPod: unknown (\(time))", short: "RunPod ?", rank: 3) }
        let words = "RunPod: \(counts.inProgress) running · \(counts.inQueue) queued"
        guard counts.hasNoCapacity else {
            return Piece("\(words) (\(time))", short: "RunPod: \(counts.inProgress) running", rank: 3)
        }
        return Piece("\(words) · NO WORKERS (\(time))", short: "RunPod: NO WORKERS", .warning, rank: 3)
    }

    private var tunnelPiece: Piece {
        guard let route else { return Piece("tunnel: not asked yet", short: "tunnel ?", rank: 3) }
        let time = "(\(route.asOf.minuteText(seenAt: now)))"
        switch route.state {
        case .up where route.isLocal: return Piece("no tunnel needed", short: "no tunnel", rank: 3)
        case .up where route.changedAt != nil: return Piece("tunnel CHANGED \(time)", short: "tunnel CHANGED", .warning, rank: 2)
        case .up: return Piece("tunnel up \(time)", short: "tunnel up", rank: 3)
        case .down: return Piece("tunnel DOWN \(time)", short: "tunnel DOWN", .warning, rank: 3)
        case .none: return Piece("no tunnel, polling only", short: "no tunnel", rank: 3)
        }
    }

    private func paint(_ wished: [Piece], in area: Rect, on buffer: inout Buffer) {
        var pieces = wished
        func needed() -> Int { pieces.reduce(0) { $0 + $1.text.width + 2 } }
        // Of the highest rank short words take the place of long ones; free text, such as a path, is cut; then the piece goes.
        while needed() > area.width, let highest = pieces.map(\.rank).max(), highest > 0,
            let index = pieces.lastIndex(where: { $0.rank == highest })
        {
            let left = area.width - (needed() - pieces[index].text.width)
            if let short = pieces[index].short, short != pieces[index].text, short.width <= left {
                pieces[index].text = short
            } else if pieces[index].short == nil, left >= 12 {
                pieces[index].text = pieces[index].text.truncated(to: left, .middle)
            } else {
                pieces.remove(at: index)
            }
        }
        var x = area.x + 1
        for piece in pieces { x = buffer.put(piece.text, x: x, y: area.y, style: Style(piece.role), in: area) + 2 }
    }

    func paintTabs(in area: Rect, on buffer: inout Buffer) {
        guard !area.isEmpty else { return }
        var x = area.x + 1
        for pane in Pane.allCases {
            let name = "\(pane.rawValue + 1) \(pane.title)"
            let text = DisplayText(untrusted: pane == focus ? "[\(name)]" : " \(name) ")
            x = buffer.put(text, x: x, y: area.y, style: Style(pane == focus ? .selected : .dim), in: area) + 1
        }
    }
}
