/// A framed box in the middle of the screen that covers what is below it.
public struct DialogBox: Hashable, Sendable {
    public var title: DisplayText
    /// The wished size with the frame; what does not fit is cut to the area.
    public var width: Int
    public var height: Int

    public init(title: DisplayText, width: Int, height: Int) {
        self.title = title
        self.width = width
        self.height = height
    }

    /// Where the box stands in `area`.
    public func rect(in area: Rect) -> Rect { area.centred(width: width, height: height) }

    /// Draws the empty box.
    /// - Returns: the rectangle for its content: within the frame and a blank column on each side.
    public func draw(in area: Rect, on buffer: inout Buffer) -> Rect {
        let box = rect(in: area)
        buffer.fill(box, style: Style(.dialog))
        return buffer.frame(box, title: title, style: Style(.dialog)).inset(horizontal: 1, vertical: 0)
    }
}

extension Rect {
    /// A rectangle of at most the given size in the middle of this one.
    public func centred(width wished: Int, height tall: Int) -> Rect {
        let columns = min(max(0, wished), width)
        let rows = min(max(0, tall), height)
        return Rect(x: x + (width - columns) / 2, y: y + (height - rows) / 2, width: columns, height: rows)
    }
}
