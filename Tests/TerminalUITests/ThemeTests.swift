import Testing

@testable import TerminalUI

@Suite("Themes")
struct ThemeTests {
    @Test("with few colours a role's ground and letters never become the same colour", arguments: Theme.all, [8, 16, 256])
    func legible(theme: Theme, colours: Int) {
        for role in Role.allCases {
            let look = theme[role]
            if let foreground = look.foreground.index(of: colours), let background = look.background.index(of: colours) {
                #expect(foreground != background, "\(theme.name) \(role)")
            }
        }
    }

    @Test(
        "the line under the cursor differs from an ordinary one and from that of another pane", arguments: Theme.all,
        [0, 8, 16, 256])
    func selection(theme: Theme, colours: Int) {
        func look(_ role: Role) -> [Int] {
            let appearance = theme[role]
            return [
                appearance.foreground.index(of: colours) ?? -1, appearance.background.index(of: colours) ?? -1,
                Int(appearance.emphasis.rawValue),
            ]
        }
        guard colours > 0 || theme == .monochrome else { return }
        #expect(look(.selected) != look(.text))
        #expect(look(.selectedUnfocused) != look(.text))
        #expect(look(.selected) != look(.selectedUnfocused))
    }

    @Test("monochrome has no colour at all")
    func monochrome() {
        for role in Role.allCases {
            #expect(Theme.monochrome[role].foreground == .standard)
            #expect(Theme.monochrome[role].background == .standard)
        }
    }

    @Test("colours fall back to what the terminal has")
    func fallback() {
        let grey = Colour.indexed(240, fallback: .brightBlue)
        #expect(grey.index(of: 256) == 240)
        #expect(grey.index(of: 16) == 12)
        #expect(grey.index(of: 8) == 4)
        #expect(grey.index(of: 0) == nil)
        #expect(Colour.standard.index(of: 256) == nil)
    }

    @Test("a theme is found by its name")
    func names() {
        #expect(Theme.named("light") == .light)
        #expect(Theme.named("pink") == nil)
    }
}
