public import Foundation
public import Logging
public import Training
public import TrainingPorts

/// How a simulator is started.
public struct SimulatorConfiguration: Sendable {
    /// Jobs, clock and logs live here; one simulator at a time uses it.
    public var stateDirectory: URL
    /// Models are written to `modelsDirectory/BUCKET/KEY`.
    public var modelsDirectory: URL
    /// On which address of this machine it listens.
    public var host: String
    /// 0 for the port used before from this state folder, else any free one.
    public var port: Int
    /// How many simulated seconds pass in a real one; nil keeps the folder's own, 1 in a fresh one.
    public var timeScale: Double?
    public var settings: SimulatorSettings
    /// A key that is refused with 401; every other one that is not empty is taken.
    public var wrongKey: Secret?
    /// Ends by itself after `idleTime` without open jobs and without a request, unless it `isNeeded`.
    public var exitWhenIdle: Bool
    /// Asked before it ends by itself: a program that has nothing to ask for hours may still count on it. Asked again an `idleTime` later.
    public var isNeeded: @Sendable () -> Bool
    /// Real time.
    public var idleTime: Duration
    /// How long the fault `slow-answers` holds an answer back, in real time.
    public var slowAnswer: Duration
    /// Simulated time at the first start of a fresh state folder; nil for the wall clock's.
    public var start: Timestamp?
    public var logger: Logger

    public init(
        stateDirectory: URL, modelsDirectory: URL, host: String = "127.0.0.1", port: Int = 0, timeScale: Double? = nil,
        settings: SimulatorSettings = SimulatorSettings(), wrongKey: Secret? = nil, exitWhenIdle: Bool = false,
        isNeeded: @escaping @Sendable () -> Bool = { false },
        idleTime: Duration = .seconds(900), slowAnswer: Duration = .seconds(3), start: Timestamp? = nil,
        logger: Logger = Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() }
    ) {
        self.stateDirectory = stateDirectory
        self.modelsDirectory = modelsDirectory
        self.host = host
        self.port = port
        self.timeScale = timeScale
        self.settings = settings
        self.wrongKey = wrongKey
        self.exitWhenIdle = exitWhenIdle
        self.isNeeded = isNeeded
        self.idleTime = idleTime
        self.slowAnswer = slowAnswer
        self.start = start
        self.logger = logger
    }
}
