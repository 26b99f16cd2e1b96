public import JSONText
public import Training

/// What a simulator says of itself on `GET /simulator`: an engine adopts clock and models folder from it.
public struct SimulatorDescription: Hashable, Sendable {
    public static let version = 1

    /// The number of this simulation; another one means another, fresh simulation.
    public var instance: String
    /// Simulated time when it answered.
    public var now: Timestamp
    /// How many simulated seconds pass in a real one.
    public var scale: Double
    public var modelsDirectory: String
    public var pid: Int
    /// How many submissions it has ever accepted.
    public var accepted: Int
    /// It plays a bucket that lets nobody in (the fault `bucket-forbidden`).
    public var forbidsBucket = false

    var json: JSONValue {
        [
            "simulator": true, "version": .integer(SimulatorDescription.version), "instance": .string(instance),
            "clock": ["now": .string(now.description), "scale": .double(scale)], "models_dir": .string(modelsDirectory),
            "pid": .integer(pid), "accepted": .integer(accepted), "forbids_bucket": .bool(forbidsBucket),
        ]
    }

    /// Nil where the answer is none of a simulator's.
    public init?(_ json: JSONValue) {
        guard json["simulator"]?.bool == true, let instance = json["instance"]?.string,
            let now = json["clock"]?["now"]?.string.flatMap({ Timestamp(parsing: $0) }),
            let scale = json["clock"]?["scale"]?.double,
            let models = json["models_dir"]?.string, let pid = json["pid"]?.int
        else { return nil }
        self.init(
            instance: instance, now: now, scale: scale, modelsDirectory: models, pid: pid, accepted: json["accepted"]?.int ?? 0)
        forbidsBucket = json["forbids_bucket"]?.bool ?? false
    }

    init(instance: String, now: Timestamp, scale: Double, modelsDirectory: String, pid: Int, accepted: Int) {
        self.instance = instance
        self.now = now
        self.scale = scale
        self.modelsDirectory = modelsDirectory
        self.pid = pid
        self.accepted = accepted
    }
}
