import JSONText
import Training
import TrainingPorts

extension Notice {
    /// What a command gets on its standard input and a webhook as its body. `message` is the whole of it for services that show one text.
    var json: JSONValue {
        [
            "notification": .string(kind.rawValue),
            "id": .string(id),
            "seq": .integer(sequence),
            "time": .string(time.description),
            "title": .string(title),
            "text": .string(message),
            "detail": .string(text),
            "job": job.map { .string($0.description) } ?? .null,
            "actor": actor.map { .string($0) } ?? .null,
            "count": .integer(count),
            "simulation": .bool(isSimulation),
        ]
    }

    private var message: String { text.isEmpty ? title : "\(title)\n\(text)" }
}
