import TerminalUI

/// The three panes; each can have the keys.
enum Pane: Int, CaseIterable, Hashable, Sendable {
    case actors, trainings, log

    var title: DisplayText {
        switch self {
        case .actors: "Actors"
        case .trainings: "Trainings"
        case .log: "Log"
        }
    }

    var context: KeyContext {
        switch self {
        case .actors: .actors
        case .trainings: .trainings
        case .log: .log
        }
    }

    func neighbour(_ step: Int) -> Pane {
        let all = Pane.allCases
        return all[(rawValue + step + all.count) % all.count]
    }
}

/// Where everything stands on a screen of a given size. Wide screens have the actors beside the rest; on narrower ones all three
/// panes lie above each other over the full width, because a training's row and a log line need it, and the focused one is the
/// tallest; on small ones only the focused pane is seen, under a line of tabs.
struct ScreenLayout: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case wide, stacked, single
    }

    static let minimumWidth = 60
    static let minimumHeight = 15
    static let wideWidth = 160

    let kind: Kind
    /// Two lines.
    let header: Rect
    /// One line in the single layout, else none.
    let tabs: Rect
    /// The line for what was just said, or for the selected row.
    let strip: Rect
    let footer: Rect
    private let panes: [Rect?]

    subscript(pane: Pane) -> Rect? { panes[pane.rawValue] }

    /// Lines for rows in a pane: without its frame and, in tables, without the headings.
    func rows(of pane: Pane) -> Int {
        guard let rect = self[pane] else { return 0 }
        return max(0, rect.height - 2 - (pane == .log ? 0 : 1))
    }

    /// Nil where the screen is too small to work on.
    init?(width: Int, height: Int, focus: Pane) {
        guard width >= ScreenLayout.minimumWidth, height >= ScreenLayout.minimumHeight else { return nil }
        let (header, below) = Rect(x: 0, y: 0, width: width, height: height).splitTop(2)
        let (body, bottom) = below.splitTop(below.height - 2)
        self.header = header
        (strip, footer) = bottom.splitTop(1)
        if width >= ScreenLayout.wideWidth, height >= 20 {
            kind = .wide
            tabs = Rect(x: 0, y: body.y, width: 0, height: 0)
            let (left, right) = body.splitLeft(width * 2 / 5)
            let (top, rest) = right.splitTop(right.height * 45 / 100)
            panes = [left, top, rest]
        } else if width < 80 || height < 22 {
            kind = .single
            let (line, rest) = body.splitTop(1)
            tabs = line
            panes = Pane.allCases.map { $0 == focus ? rest : nil }
        } else {
            kind = .stacked
            tabs = Rect(x: 0, y: body.y, width: 0, height: 0)
            let (first, second) = ScreenLayout.heights(body.height, focus: focus)
            let (top, rest) = body.splitTop(first)
            let (middle, end) = rest.splitTop(second)
            panes = [top, middle, end]
        }
    }

    /// The heights of the upper two of three stacked panes; the focused one gets two fifths and a little more.
    private static func heights(_ total: Int, focus: Pane) -> (Int, Int) {
        let large = total * 43 / 100
        let rest = total - large
        switch focus {
        case .actors: return (large, rest / 2)
        case .trainings: return (rest / 2, large)
        case .log: return (rest / 2, rest - rest / 2)
        }
    }
}
