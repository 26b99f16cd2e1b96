import EngineAPI
import TerminalUI
import Training

/// Two lines on top: what this is and what it works on; then how things stand.
extension DashboardState {
    /// One piece of the header; where there is no room the ones of the highest rank go first.
    private struct Piece {
        var text: DisplayText
        var role: Role
        var rank: Int

        init(_ text: String, _ role: Role = .header, rank: Int) {
            self.text = DisplayText(untrusted: text)
            self.role = role
            self.rank = rank
        }
    }

    func paintHeader(in area: Rect, on buffer: inout Buffer) {
        buffer.fill(area, style: Style(.header))
        let (first, second) = area.splitTop(1)
        var right = first
        if trainings.tally.open > 0 {
            let clock = DisplayText(untrusted: "\(now.minuteText) UTC")
            buffer.put(clock, x: first.maxX - clock.width - 1, y: first.y, style: Style(.header), in: first)
            right.width = max(0, first.width - clock.width - 2)
        }
        paint(identity, in: right, on: &buffer)
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
        return pieces
    }

    private var standing: [Piece] {
        let tally = trainings.tally
        var pieces = [Piece("\(counted(tally.running, "training")) · \(tally.queued) queued", rank: 0)]
        if tally.uncertain > 0 { pieces.append(Piece("\(tally.uncertain) UNCERTAIN", .error, rank: 0)) }
        if let hold = ledger.queue.hold { pieces.append(Piece("HELD: \(hold.reason)", .warning, rank: 1)) }
        pieces.append(Piece("\(wishedParallelism ?? ledger.queue.parallelism) at once", rank: 4))
        pieces.append(endpointPiece)
        pieces.append(tunnelPiece)
        return pieces
    }

    private var endpointPiece: Piece {
        guard let health else { return Piece("RunPod: not asked yet", rank: 3) }
        if health.fault != nil { return Piece("RunPod: no answer \(health.asOf.minuteText)", .warning, rank: 3) }
        guard let counts = health.health else { return Piece("RunPod: unknown", rank: 3) }
        let words = "RunPod: \(counts.inProgress) running · \(counts.inQueue) queued"
        return counts.hasNoCapacity ? Piece(words + " · NO WORKERS", .warning, rank: 3) : Piece(words, rank: 3)
    }

    private var tunnelPiece: Piece {
        switch route?.state {
        case .up: Piece("tunnel up", rank: 2)
        case .down: Piece("tunnel DOWN", .warning, rank: 2)
        case .some(.none): Piece("no tunnel", rank: 2)
        case nil: Piece("tunnel ?", rank: 2)
        }
    }

    private func paint(_ wished: [Piece], in area: Rect, on buffer: inout Buffer) {
        var pieces = wished
        func needed() -> Int { pieces.reduce(0) { $0 + $1.text.width + 2 } }
        // Long texts of the highest rank are cut to what is left before they go.
        while needed() > area.width, let highest = pieces.map(\.rank).max(), highest > 0,
            let index = pieces.lastIndex(where: { $0.rank == highest })
        {
            let left = area.width - (needed() - pieces[index].text.width)
            if left >= 12 {
                pieces[index].text = pieces[index].text.truncated(to: left)
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
