import Foundation
import JSONText
import Training
import TrainingPorts

/// What a simulator keeps on the disk, so that a kill loses no accepted job.
///
/// `inputs.jsonl`: all that changed anything, with its time, to be replayed at the start. `accepted.jsonl`: each accepted submission,
/// synced before its answer. `clock.json`: the clock's anchor and this simulation's own number. `simulator.json`: where it listens.
/// `simulator.lock`: held while it runs.
struct StateFolder: ~Copyable {
    let url: URL
    let instance: UInt64
    private let lock: DurableFile
    private var inputs: DurableFile
    private let accepted: DurableFile

    /// - Parameter fresh: the clock of a folder that has none yet.
    init(_ url: URL, fresh: SimulatedClock) throws(PortError) {
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            throw PortError(.notWritable, "the folder \(url.path(percentEncoded: false)) cannot be made", cause: error)
        }
        let lock = try DurableFile(locking: StateFolder.path(url, "simulator.lock"))
        let instance = try StateFolder.instance(in: url, fresh: fresh)
        let inputs = try StateFolder.lines(url, "inputs.jsonl")
        let accepted = try StateFolder.lines(url, "accepted.jsonl")
        self.url = url
        self.instance = instance
        self.lock = lock
        self.inputs = inputs
        self.accepted = accepted
    }

    private static func instance(in url: URL, fresh: SimulatedClock) throws(PortError) -> UInt64 {
        let known = json(url, "clock.json")?["instance"]?.string
        if let number = known.flatMap({ UInt64($0, radix: 16) }) { return number }
        let number = UInt64.random(in: .min ... .max)
        try write(clock: fresh, instance: number, in: url)
        return number
    }

    /// A log of lines; one that a crash cut in the middle of a line gets an end to it, so that the next line is whole.
    private static func lines(_ url: URL, _ name: String) throws(PortError) -> DurableFile {
        let content = FileManager.default.contents(atPath: path(url, name)) ?? Data()
        let file = try DurableFile(appendingTo: path(url, name))
        if let last = content.last, last != UInt8(ascii: "\n") { try file.append([UInt8(ascii: "\n")], synced: false) }
        return file
    }

    private static func path(_ url: URL, _ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

    static func json(_ url: URL, _ name: String) -> JSONValue? {
        FileManager.default.contents(atPath: path(url, name)).flatMap { try? JSONValue(parsing: $0) }
    }

    private static func write(clock: SimulatedClock, instance: UInt64, in url: URL) throws(PortError) {
        var json = clock.json
        json["instance"] = .string(String(instance, radix: 16))
        try DurableFile.replace(path(url, "clock.json"), with: Array((json.text() + "\n").utf8))
    }

    func savedClock() -> SimulatedClock? { StateFolder.json(url, "clock.json").flatMap { SimulatedClock($0) } }

    func save(_ clock: SimulatedClock) throws(PortError) { try StateFolder.write(clock: clock, instance: instance, in: url) }

    func announce(_ json: JSONValue) throws(PortError) {
        try DurableFile.replace(StateFolder.path(url, "simulator.json"), with: Array((json.text() + "\n").utf8))
    }

    func append(_ input: SimulatorInput) throws(PortError) {
        let synced = if case .run = input.call { true } else { false }
        try inputs.append(Array((input.json.text() + "\n").utf8), synced: synced)
    }

    func append(_ job: AcceptedJob) throws(PortError) {
        try accepted.append(Array((job.json.text() + "\n").utf8), synced: true)
    }

    func savedInputs() -> [SimulatorInput] { read("inputs.jsonl").compactMap { SimulatorInput(line: $0) } }
    func savedAccepted() -> [AcceptedJob] { read("accepted.jsonl").compactMap { AcceptedJob(line: $0) } }

    private func read(_ name: String) -> [Data.SubSequence] {
        (FileManager.default.contents(atPath: StateFolder.path(url, name)) ?? Data()).split(separator: UInt8(ascii: "\n"))
    }

    /// Begins the log of inputs anew.
    mutating func replaceInputs(by list: [SimulatorInput]) throws(PortError) {
        let path = StateFolder.path(url, "inputs.jsonl")
        try DurableFile.replace(path, with: list.flatMap { Array(($0.json.text() + "\n").utf8) })
        inputs = try DurableFile(appendingTo: path)
    }
}

extension AcceptedJob {
    var json: JSONValue {
        [
            "time": .string(time.description), "endpoint": .string(endpoint), "id": .string(id), "request_id": .string(request),
            "model_name": .string(model),
        ]
    }

    init?(line: some Sequence<UInt8>) {
        guard let json = try? JSONValue(parsing: line) else { return nil }
        self.init(json)
    }

    init?(_ json: JSONValue) {
        guard let time = json["time"]?.string.flatMap({ Timestamp(parsing: $0) }), let endpoint = json["endpoint"]?.string,
            let id = json["id"]?.string
        else { return nil }
        self.init(
            time: time, endpoint: endpoint, id: id, request: json["request_id"]?.string ?? "",
            model: json["model_name"]?.string ?? "")
    }
}
