extension Theme {
    /// For light text on a dark ground; the one that is used when nothing is said.
    public static let dark = Theme(name: "dark") { role in
        switch role {
        case .text: Appearance()
        case .dim: Appearance(.indexed(245, fallback: .white))
        case .title: Appearance(.standard, .bold)
        case .border: Appearance(.indexed(240, fallback: .blue))
        case .borderFocused: Appearance(.named(.brightCyan), .bold)
        case .selected: Appearance(.named(.brightWhite), on: .indexed(24, fallback: .blue), .bold)
        case .selectedUnfocused: Appearance(.standard, on: .indexed(237, fallback: .blue))
        case .marked: Appearance(.named(.brightYellow), .bold)
        case .good: Appearance(.named(.brightGreen))
        case .warning: Appearance(.named(.brightYellow))
        case .error: Appearance(.named(.brightRed), .bold)
        case .accent: Appearance(.named(.brightCyan))
        case .bar: Appearance(.named(.green))
        case .barRest: Appearance(.indexed(240, fallback: .white))
        case .header: Appearance(.named(.brightWhite), on: .indexed(236, fallback: .blue), .bold)
        case .footer: Appearance(.indexed(252, fallback: .white), on: .indexed(236, fallback: .black))
        case .key: Appearance(.named(.brightCyan), on: .indexed(236, fallback: .black), .bold)
        case .simulation: Appearance(.named(.black), on: .named(.yellow), .bold)
        case .dialog: Appearance(.named(.brightWhite), on: .indexed(235, fallback: .black))
        case .dialogButton: Appearance(.named(.black), on: .named(.cyan))
        }
    }

    /// For dark text on a light ground.
    public static let light = Theme(name: "light") { role in
        switch role {
        case .text: Appearance()
        case .dim: Appearance(.indexed(243, fallback: .brightBlack))
        case .title: Appearance(.standard, .bold)
        case .border: Appearance(.indexed(249, fallback: .blue))
        case .borderFocused: Appearance(.named(.blue), .bold)
        case .selected: Appearance(.named(.black), on: .indexed(153, fallback: .cyan), .bold)
        case .selectedUnfocused: Appearance(.named(.black), on: .indexed(254, fallback: .white))
        case .marked: Appearance(.named(.magenta), .bold)
        case .good: Appearance(.indexed(28, fallback: .green))
        case .warning: Appearance(.indexed(130, fallback: .magenta), .bold)
        case .error: Appearance(.named(.red), .bold)
        case .accent: Appearance(.named(.blue))
        case .bar: Appearance(.indexed(28, fallback: .green))
        case .barRest: Appearance(.indexed(250, fallback: .brightBlack))
        case .header: Appearance(.named(.black), on: .indexed(252, fallback: .white), .bold)
        case .footer: Appearance(.named(.black), on: .indexed(254, fallback: .white))
        case .key: Appearance(.named(.blue), on: .indexed(254, fallback: .white), .bold)
        case .simulation: Appearance(.named(.black), on: .named(.yellow), .bold)
        case .dialog: Appearance(.named(.black), on: .indexed(255, fallback: .white))
        case .dialogButton: Appearance(.named(.black), on: .named(.cyan))
        }
    }

    /// Without any colour: attributes alone, for `NO_COLOR` and for terminals that have none.
    public static let monochrome = Theme(name: "monochrome") { role in
        switch role {
        case .text, .dim, .border, .barRest, .dialog: Appearance()
        case .title, .borderFocused, .accent, .good, .bar: Appearance(.standard, .bold)
        case .marked, .warning: Appearance(.standard, .underline)
        case .error: Appearance(.standard, [.bold, .underline])
        case .selected, .simulation: Appearance(.standard, [.reverse, .bold])
        case .selectedUnfocused, .header, .footer, .dialogButton: Appearance(.standard, .reverse)
        case .key: Appearance(.standard, [.reverse, .bold])
        }
    }
}
