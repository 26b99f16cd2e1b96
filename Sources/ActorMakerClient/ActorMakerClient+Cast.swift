import JSONText
import Training
public import TrainingPorts

extension ActorMakerClient {
    public func cast() async throws(PortError) -> Cast {
        let answer = try await connection.get("/api/actors")
        guard let list = answer.array else { throw connection.notActorMaker("/api/actors gave no list") }
        var cast = Cast(actors: [])
        var tasks: [Task] = []
        var known: Set<ActorID> = []
        for (index, json) in list.enumerated() {
            guard let actor = json["id"]?.int.flatMap({ (0...999_999_999).contains($0) ? ActorID($0) : nil }) else {
                cast.notes.append("entry \(index + 1) of /api/actors has no id and was skipped")
                continue
            }
            guard known.insert(actor).inserted else {
                cast.notes.append("entry \(index + 1) of /api/actors has the id \(actor) once more and was skipped")
                continue
            }
            let profile = ActorMakerClient.profile(of: actor, json)
            tasks.append(Task(index: cast.actors.count, profile: profile, asksImages: json["training_data"]?.object == nil))
            cast.actors.append(profile)
        }
        guard !cast.actors.isEmpty || list.isEmpty else {
            throw connection.notActorMaker("/api/actors gave a list without actors")
        }
        for done in try await complete(tasks) { cast.actors[done.index] = done.profile }
        return cast
    }

    /// What is still to be asked for one actor.
    private struct Task: Sendable {
        let index: Int
        var profile: ActorProfile
        /// The list has no count of its images: they live on S3 only, as they mostly do.
        var asksImages: Bool
    }

    private static func profile(of actor: ActorID, _ json: JSONValue) -> ActorProfile {
        var rest = json
        let local = json["training_data"]
        rest["training_data"] = nil
        let reading = ActorManifest(reading: rest)
        let count = local?["count"]?.int ?? 0
        let synced = local?["synced"]?.bool == true ? count : 0
        return ActorProfile(
            id: actor, name: json["name"]?.string ?? "", trainingDataGood: reading.trainingDataGood,
            images: ImageCount(onS3: count, synced: synced, recorded: count), models: reading.models,
            fault: json["fault"]?.string ?? (json["name"]?.string == nil ? "its entry has no name" : nil) ?? reading.fault)
    }

    /// Asks for what the list does not tell, some actors at once.
    private func complete(_ tasks: [Task]) async throws(PortError) -> [Task] {
        // Who is not approved is not eligible, whatever else is true: only the others are worth further calls.
        let waiting = tasks.filter { $0.asksImages || $0.profile.trainingDataGood }
        let results = await withTaskGroup(of: Result<Task, PortError>.self) { group in
            var results: [Result<Task, PortError>] = []
            for (index, task) in waiting.enumerated() {
                if index >= ActorMakerClient.width, let result = await group.next() { results.append(result) }
                group.addTask { await self.complete(task) }
            }
            for await result in group { results.append(result) }
            return results
        }
        var done: [Task] = []
        for result in results { done.append(try result.get()) }
        return done
    }

    private func complete(_ task: Task) async -> Result<Task, PortError> {
        var task = task
        do throws(PortError) {
            // A local folder may hold more images than S3, and those on S3 are trained on: who may be trained is counted there.
            try await countImages(of: &task.profile)
            if task.profile.trainingDataGood { task.profile.versions = try await versions(of: task.profile.id) }
        } catch {
            guard error.code != .unreachable else { return .failure(error) }
            task.profile.fault = task.profile.fault ?? error.message
        }
        return .success(task)
    }

    private func countImages(of profile: inout ActorProfile) async throws(PortError) {
        let local = profile.images
        do throws(PortError) {
            let json = try await connection.get(Self.path(profile.id, "training-data"))
            let answer = try TrainingDataAnswer(json, of: profile.id, from: connection)
            profile.images = answer.count
            profile.images.recorded = max(answer.count.recorded, local.recorded)
            profile.firstImages = answer.data.images.firstOfEachBucket
        } catch {
            // An actor without a manifest has no images.
            guard error.code == .notFound else { throw error }
            profile.images = ImageCount(recorded: local.recorded)
        }
    }
}
