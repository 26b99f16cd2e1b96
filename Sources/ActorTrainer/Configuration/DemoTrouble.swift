/// What `--fault` makes go wrong around the demo, where RunPod's simulator has no part in it.
enum DemoTrouble: String, CaseIterable, Sendable {
    case foreignStart = "foreign-start"
    case asleep

    /// One sentence for `--help`.
    var help: String {
        switch self {
        case .foreignStart: "A page elsewhere starts a training of the last eligible actor, after the first of ours."
        case .asleep: "Ten minutes into the first training the computer sleeps for three hours."
        }
    }

    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
