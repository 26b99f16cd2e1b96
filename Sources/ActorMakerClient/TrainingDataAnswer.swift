import JSONText
import Training
import TrainingPorts

/// The answer of `GET /api/actors/:id/training-data`.
struct TrainingDataAnswer {
    let data: TrainingData
    /// The count, with the entries that the answer leaves out because they have no address; only our own server tells their number.
    let count: ImageCount

    init(_ json: JSONValue, of actor: ActorID, from connection: ServerConnection) throws(PortError) {
        guard let list = json["training_images"]?.array else {
            throw connection.notActorMaker("the training data of actor \(actor) came without training_images")
        }
        let images = list.map(TrainingImage.init(reading:))
        data = TrainingData(
            actor: actor, name: json["actor_name"]?.string ?? "", approved: json["training_data_good"]?.bool ?? false,
            images: images)
        var count = data.count
        count.recorded = max(count.recorded, json["recorded_count"]?.int ?? 0)
        self.count = count
    }
}
