/// Written as `{"event": NAME, "data": {…}}`.
extension Event: Codable {
    private enum CodingKeys: String, CodingKey {
        case event, data
    }

    private struct Nothing: Codable {}

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .event)
        try container.encode(payload, forKey: .data)
    }

    private var payload: any Encodable {
        switch self {
        case .engineStarted(let value): value
        case .queueHeld(let value): value
        case .parallelismSet(let value): value
        case .versionDismissed(let value): value
        case .markWanted(let value), .goodMarked(let value): value
        case .markRefused(let value): value
        case .noted(let value), .lateNews(let value): value
        case .jobQueued(let value): value
        case .attemptQueued(let value): value
        case .attemptAdopted(let value): value
        case .preparationPaused(let value), .submissionUnsent(let value): value
        case .attemptPrepared(let value): value
        case .submissionIntended(let value): value
        case .submissionAccepted(let value): value
        case .submissionUncertain(let value): value
        case .statusObserved(let value): value
        case .attemptSeen(let value): value
        case .gpuIdentified(let value): value
        case .trainingTimed(let value): value
        case .webhookReceived(let value): value
        case .attemptEnded(let value), .failureReported(let value): value
        case .engineStopped, .queueResumed, .preparationStarted, .cancelRequested, .cancelTaken, .verificationStarted,
            .versionSaved,
            .versionClosed, .modelRecorded, .versionVanished, .modelVanished, .booksConfirmed:
            Nothing()
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let name = try container.decode(String.self, forKey: .event)
        guard let kind = Kind(rawValue: name) else {
            throw DecodingError.dataCorruptedError(
                forKey: .event, in: container, debugDescription: "no event is called \(name); a newer program wrote this journal")
        }
        func data<Payload: Decodable>(_ make: (Payload) -> Event) throws -> Event {
            make(try container.decode(Payload.self, forKey: .data))
        }
        self =
            switch kind {
            case .engineStarted: try data(Event.engineStarted)
            case .engineStopped: .engineStopped
            case .queueHeld: try data(Event.queueHeld)
            case .queueResumed: .queueResumed
            case .parallelismSet: try data(Event.parallelismSet)
            case .versionDismissed: try data(Event.versionDismissed)
            case .markWanted: try data(Event.markWanted)
            case .goodMarked: try data(Event.goodMarked)
            case .markRefused: try data(Event.markRefused)
            case .noted: try data(Event.noted)
            case .jobQueued: try data(Event.jobQueued)
            case .attemptQueued: try data(Event.attemptQueued)
            case .attemptAdopted: try data(Event.attemptAdopted)
            case .preparationStarted: .preparationStarted
            case .preparationPaused: try data(Event.preparationPaused)
            case .attemptPrepared: try data(Event.attemptPrepared)
            case .submissionIntended: try data(Event.submissionIntended)
            case .submissionAccepted: try data(Event.submissionAccepted)
            case .submissionUnsent: try data(Event.submissionUnsent)
            case .submissionUncertain: try data(Event.submissionUncertain)
            case .statusObserved: try data(Event.statusObserved)
            case .attemptSeen: try data(Event.attemptSeen)
            case .gpuIdentified: try data(Event.gpuIdentified)
            case .trainingTimed: try data(Event.trainingTimed)
            case .cancelRequested: .cancelRequested
            case .cancelTaken: .cancelTaken
            case .webhookReceived: try data(Event.webhookReceived)
            case .verificationStarted: .verificationStarted
            case .failureReported: try data(Event.failureReported)
            case .attemptEnded: try data(Event.attemptEnded)
            case .versionSaved: .versionSaved
            case .versionClosed: .versionClosed
            case .modelRecorded: .modelRecorded
            case .versionVanished: .versionVanished
            case .modelVanished: .modelVanished
            case .booksConfirmed: .booksConfirmed
            case .lateNews: try data(Event.lateNews)
            }
    }
}
