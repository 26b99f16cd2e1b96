/// How roles look: colours and attributes, in one place.
public struct Theme: Hashable, Sendable {
    /// What a role looks like.
    public struct Appearance: Hashable, Sendable {
        public var foreground: Colour
        public var background: Colour
        public var emphasis: Emphasis

        public init(_ foreground: Colour = .standard, on background: Colour = .standard, _ emphasis: Emphasis = []) {
            self.foreground = foreground
            self.background = background
            self.emphasis = emphasis
        }
    }

    /// What a configuration calls it.
    public let name: String
    private let appearances: [Appearance]

    /// A theme from a rule for every role.
    public init(name: String, appearance: (Role) -> Appearance) {
        self.name = name
        self.appearances = Role.allCases.map(appearance)
    }

    public subscript(role: Role) -> Appearance { appearances[Int(role.rawValue)] }

    /// The themes that are built in.
    public static let all = [dark, light, monochrome]

    /// The built-in theme of that name; nil when there is none.
    public static func named(_ name: String) -> Theme? { all.first { $0.name == name } }
}
