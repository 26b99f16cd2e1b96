/// Why there is no demo project to work on: a code to decide by, a sentence that says what to do, and what lies behind it.
public struct DemoProjectError: Error, Sendable {
    /// What could not be done, for programs.
    public enum Code: Sendable, Equatable {
        /// The bundled project is not beside the program.
        case missing
        /// The folder holds something that is not a demo project.
        case foreign
        /// The folder, or its parent, cannot be written.
        case unwritable
    }

    public let code: Code
    /// One sentence for the operator. It may hold a path as it was given, so it is foreign text to a screen.
    public let message: String
    public let cause: (any Error)?

    static func missing(lookedIn folders: [String]) -> Self {
        Self(
            code: .missing,
            message: "The bundled demo project is not beside the program (looked in \(folders.joined(separator: ", "))): "
                + "keep actor-trainer_DemoProject.resources in the program's folder, or start it with `swift run`.",
            cause: nil
        )
    }

    static func foreign(folder: String) -> Self {
        Self(
            code: .foreign,
            message:
                "\(folder) holds something that is not a demo project, so it is left alone: choose another folder with --state-dir.",
            cause: nil
        )
    }

    static func unwritable(folder: String, cause: any Error) -> Self {
        Self(
            code: .unwritable,
            message:
                "The demo project cannot be written to \(folder): check that the folder's owner is you and its disk is not full, "
                + "or choose another with --state-dir.",
            cause: cause
        )
    }
}

extension DemoProjectError: CustomStringConvertible {
    public var description: String { message }
}
