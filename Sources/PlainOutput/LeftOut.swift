public import JSONText
import TerminalUI
public import Training

/// An actor who was named and is not trained.
public struct LeftOut: Hashable, Sendable {
    public var actor: ActorID
    public var name: String
    /// In words, all of them.
    public var reasons: [String]

    public init(_ actor: ActorID, name: String, reasons: [String]) {
        self.actor = actor
        self.name = name
        self.reasons = reasons
    }

    /// Raw text.
    public var sentence: String { "\(name) (\(reasons.joined(separator: ", ")))" }

    /// One line of `train --json`.
    public var json: JSONValue { ["left_out": value] }

    var value: JSONValue {
        [
            "actor_id": .integer(actor.rawValue), "actor": .string(name), "reasons": .array(reasons.map { .string($0) }),
        ]
    }
}

extension SeedScript {
    public static func leftOut(_ actor: LeftOut) -> PlainLine { warning("Not trained: \(actor.sentence)") }
}
