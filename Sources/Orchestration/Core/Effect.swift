public import Training
public import TrainingPorts

/// Work that the core asks for. Each is done once by the shell, and its result comes back as an input.
public enum Effect: Hashable, Sendable {
    case readCast
    case readHealth
    case readRoute
    case readAccount
    case readPrices
    case readEndpoint
    case readWorkers
    /// Read a worker's log from the line after that id on, until the attempt has left it.
    case followLog(AttemptID, worker: String, after: String?)
    case prepare(AttemptID, ActorID)
    /// Send the stored payload, with the webhook's address added; once.
    case submit(AttemptID, Order)
    /// Ask at the endpoint to which the job was sent; nil where nobody here knows it.
    case askStatus(AttemptID, RunPodID, endpoint: String?)
    case askForeign(ActorID, RunPodID)
    case cancel(AttemptID, RunPodID, endpoint: String?)
    case findModel(AttemptID, ModelName, address: String?)
    case writeVersion(AttemptID, ActorID, VersionEntry, VersionWrite)
    /// Write how somebody else's training ended into the version that is his.
    case finishVersion(AttemptID, ActorID, RunPodID, VersionEntry.State)
    case recordModel(AttemptID, ActorID, ModelEntry)
    case mark(GoodMark)

    /// What is under way, so that nothing is started twice.
    var work: Work {
        switch self {
        case .readCast: .cast
        case .readHealth: .health
        case .readRoute: .route
        case .readAccount: .account
        case .readPrices: .prices
        case .readEndpoint: .endpoint
        case .readWorkers: .workers
        case .followLog(let id, _, _): .log(id)
        case .prepare(let id, _): .prepare(id)
        case .submit(let id, _): .submit(id)
        case .askStatus(let id, _, _): .status(id)
        case .askForeign(_, let runpod): .foreign(runpod)
        case .cancel(let id, _, _): .cancel(id)
        case .findModel(let id, _, _): .model(id)
        case .writeVersion(let id, _, _, _), .finishVersion(let id, _, _, _): .version(id)
        case .recordModel(let id, _, _): .record(id)
        case .mark(let mark): .mark(mark.actor, mark.version)
        }
    }
}

enum Work: Hashable, Sendable {
    case cast, health, route, account, prices, endpoint, workers
    case log(AttemptID)
    case prepare(AttemptID), submit(AttemptID), status(AttemptID), cancel(AttemptID), model(AttemptID), version(AttemptID)
    case record(AttemptID)
    case foreign(RunPodID)
    case mark(ActorID, VersionNumber)
}

extension Input {
    /// The work that this input is the result of.
    var finishes: Work? {
        switch self {
        case .castRead: .cast
        case .healthRead: .health
        case .routeRead: .route
        case .accountRead: .account
        case .pricesRead: .prices
        case .endpointRead: .endpoint
        case .workersRead: .workers
        case .logEnded(let id, _): .log(id)
        case .prepared(let id, _): .prepare(id)
        case .submitted(let id, _): .submit(id)
        case .statusRead(let id, _): .status(id)
        case .foreignRead(_, let runpod, _): .foreign(runpod)
        case .cancelAnswered(let id, _): .cancel(id)
        case .modelFound(let id, _): .model(id)
        case .versionWritten(let id, _, _): .version(id)
        case .modelWritten(let id, _): .record(id)
        case .marked(let mark, _): .mark(mark.actor, mark.version)
        case .started, .stopping, .stopped, .attached, .command, .external, .hinted, .time, .delivered,
            .logLines:
            nil
        }
    }
}
