/// Whether a tunnel of ours that worked will come back: after so many failed tests in a row it will not. One that never worked may only be
/// slow.
struct TunnelHealth: Hashable {
    /// So many failures in a row are one too many.
    let patience: Int
    private var hasWorked = false
    private var failures = 0

    init(patience: Int) { self.patience = patience }

    var isDead: Bool { hasWorked && failures >= patience }

    mutating func take(isUp: Bool) {
        if isUp { (hasWorked, failures) = (true, 0) } else { failures += 1 }
    }
}
