import JSONText
import Logging
import Training
import TrainingPorts

extension ProjectFolder {
    /// When what was written is looked at again: a page that has read before us writes its stale copy within moments.
    static let checkTimes: [Duration] = [.milliseconds(250), .milliseconds(4750)]

    /// Looks after what was saved, until the task is cancelled.
    public nonisolated func run() async {
        await withDiscardingTaskGroup { group in
            for await actor in checks {
                group.addTask {
                    for pause in ProjectFolder.checkTimes {
                        guard (try? await self.clock.sleep(for: pause)) != nil else { return }
                        await self.putRight(actor)
                    }
                }
            }
        }
    }

    /// Writes again what is missing of what was saved in this run. A verdict is not looked after: a person may have changed their mind.
    func putRight(_ actor: ActorID) async {
        do throws(PortError) {
            for entry in saved[actor] ?? [] { try await write(entry, of: actor) }
            for model in recorded[actor] ?? [] where try await write(model, of: actor) {
                logger.warning("a model was missing from its manifest and was added again", metadata: ["actor": "\(actor)"])
            }
        } catch {
            logger.error("what was saved could not be checked", metadata: ["actor": "\(actor)", "error": "\(error)"])
        }
    }
}
