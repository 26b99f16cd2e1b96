import JSONText
public import Logging
public import Training
public import TrainingPorts

/// An Actor Maker project on disk: the one place of this program through which its files are read and written.
///
/// The deployed server, scripts and people write the same files without any lock. So each write reads anew, changes only what it must,
/// and replaces the file as a whole, unless it has changed meanwhile; then it starts over. While `run()` runs, what was saved is looked
/// at again a quarter of a second and five seconds later, and put right where another writer's stale copy has taken it away.
public actor ProjectFolder {
    /// How often a file that looks torn is read within a second before it is called broken.
    static let looks = 5
    static let pause = Duration.milliseconds(250)

    nonisolated let paths: ProjectPaths
    nonisolated let clock: any Clock<Duration>
    nonisolated let now: @Sendable () -> Timestamp
    nonisolated let logger: Logger
    let lockFile: String?
    let region: String?
    var replacer: FileReplacer
    private let executor = QueueExecutor(label: "project-folder")

    var lists = FileCache(parse: ActorList.init(reading:))
    var manifests = FileCache(parse: ManifestReading.init(reading:))
    var versionLists = FileCache(parse: VersionReading.init(reading:))
    /// Versions that were saved in this run, the latest state of each; what a page posts must not lose them.
    var saved: [ActorID: [VersionEntry]] = [:]
    var recorded: [ActorID: [ModelEntry]] = [:]
    /// Jobs whose end was written on the word of a webhook.
    var finished: [ActorID: [RunPodID]] = [:]
    var isTidied = false
    nonisolated let checks: AsyncStream<ActorID>
    nonisolated let checkLater: AsyncStream<ActorID>.Continuation

    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - path: the folder that holds `data` and `workflows`.
    ///   - lockFile: a file outside of the project that several of our processes lock while they write; nil where there is only one.
    ///   - region: of the bucket that models go to; nil takes it from other addresses in the project.
    ///   - now: the time that is written into files.
    ///   - clock: for the pauses between attempts.
    /// - Throws: `PortError` where the folder is none, or is no Actor Maker project.
    public init(
        path: String, lockFile: String? = nil, region: String? = nil, now: @escaping @Sendable () -> Timestamp,
        clock: any Clock<Duration> = ContinuousClock(), logger: Logger = Logger(label: "actor-maker-project")
    ) throws(PortError) {
        guard let root = Disk.realPath(path) else {
            throw PortError(.notFound, "There is no folder \(path). Name the folder of an Actor Maker project with --project.")
        }
        paths = ProjectPaths(root: root)
        guard let data = Disk.realPath(paths.data), Disk.realPath(paths.actorList) != nil else {
            throw PortError(
                .notFound,
                "\(root) is no Actor Maker project: it has no data/actorsData.json. Name another folder with --project, or try --demo."
            )
        }
        self.lockFile = lockFile
        self.region = region
        self.now = now
        self.clock = clock
        self.logger = logger
        replacer = FileReplacer(root: data)
        (checks, checkLater) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(256))
    }
}
