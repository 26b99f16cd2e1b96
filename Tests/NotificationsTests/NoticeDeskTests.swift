import Foundation
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Notifications

@Suite("What the operator is told")
struct NoticeDeskTests {
    @Test("a training that completes and one that fails, each once, and then the batch")
    func ends() async throws {
        try await Stage.inFolder { stage in
            try await stage.watching { _ in
                await stage.engine.happen(.queued(1, actor: 5), .queued(2, actor: 7))
                await stage.engine.happen(.ended(1, .completed))
                #expect(await stage.recorder.told(1).map(\.kind) == [.done])
                await stage.engine.happen(.ended(2, .failed))
                let told = await stage.recorder.told(3)
                #expect(told.map(\.kind) == [.done, .failed, .batchDone])
                #expect(told[0].title == "0005 completed" && told[0].job == JobID(1) && told[0].id == "e3")
                #expect(told[2].title == "all 2 trainings have ended" && told[2].text == "1 completed, 1 failed")
            }
            #expect(stage.recorder.told.count == 3)
        }
    }

    @Test("a single training is no batch, and one's own cancel is no news")
    func single() async throws {
        try await Stage.inFolder { stage in
            try await stage.watching { _ in
                await stage.engine.happen(.queued(1, actor: 5), .ended(1, .cancelled, at: .sample + .minutes(1)))
                await stage.engine.happen(
                    Happening(
                        .jobQueued(QueuedJob(actor: 6, name: "six", origin: .operator)), job: 2, attempt: 1,
                        at: .sample + .minutes(9)))
                await stage.engine.happen(.ended(2, .completed, at: .sample + .minutes(20)))
            }
            #expect(stage.recorder.told.map(\.title) == ["six completed"])
        }
    }

    @Test("a failure that is tried again by itself is told only when that fails, too")
    func retried() async throws {
        try await Stage.inFolder { stage in
            try await stage.watching { _ in
                await stage.engine.happen(.queued(1, actor: 5), .ended(1, .failed), .retried(1, attempt: 2))
            }
            #expect(stage.recorder.told.isEmpty)
            try await stage.watching { _ in await stage.engine.happen(.ended(1, attempt: 2, .lost)) }
            #expect(stage.recorder.told.map(\.title) == ["0005 lost"])
        }
    }

    @Test("what waits for the operator; a doubt that clears up at once is no news")
    func needsYou() async throws {
        try await Stage.inFolder { stage in
            try await stage.watching { _ in
                await stage.engine.happen(.queued(1, actor: 5), .prepared(1, version: 1), .intended(1), .uncertain(1))
                await stage.engine.happen(.accepted(1, "a-e1"), .ended(1, .cancelled))
            }
            #expect(stage.recorder.told.isEmpty)
            try await stage.watching { _ in
                await stage.engine.happen(.queued(2, actor: 6), .prepared(2, version: 1), .intended(2), .uncertain(2))
                await stage.engine.happen(Happening(.queueHeld(Hold(cause: .asked, reason: "asked"))))
                await stage.engine.happen(Happening(.queueHeld(Hold(cause: .failures, reason: "two in a row"))))
                await stage.engine.happen(
                    Happening(.noted(Note(severity: .alarm, text: "look"))),
                    Happening(.noted(Note(severity: .warning, text: "no"))))
            }
            #expect(stage.recorder.told.map(\.kind) == [.needsYou, .needsYou, .needsYou])
            #expect(stage.recorder.told.map(\.title) == ["0006 needs you", "the queue is held", "trainings need you"])
            #expect(stage.recorder.told.contains { $0.text.contains("two in a row") })
        }
    }

    @Test("something that is missing is told after the third setback, once")
    func setbacks() async throws {
        let pause = Happening(.preparationPaused(Pause(reason: "no template", notBefore: .sample)), job: 1, attempt: 1)
        try await Stage.inFolder { stage in
            try await stage.watching { _ in await stage.engine.happen(.queued(1, actor: 5), pause, pause) }
            #expect(stage.recorder.told.isEmpty)
        }
        try await Stage.inFolder { stage in
            try await stage.watching { _ in await stage.engine.happen(.queued(1, actor: 5), pause, pause, pause, pause, pause) }
            #expect(stage.recorder.told.map(\.kind) == [.needsYou])
            #expect(stage.recorder.told.allSatisfy { $0.text.contains("no template") })
        }
    }

    @Test("many at once are one")
    func burst() async throws {
        try await Stage.inFolder { stage in
            try await stage.watching(gathering: .seconds(600)) { _ in
                for job in 1...50 { await stage.engine.happen(.queued(job, actor: job)) }
                for job in 1...50 { await stage.engine.happen(.ended(job, job == 7 ? .failed : .completed)) }
            }
            let told = stage.recorder.told
            #expect(told.count == 1)
            #expect(told.first?.title == "1 failed, 49 completed" && told.first?.kind == .failed && told.first?.count == 50)
            #expect(told.first?.text.hasPrefix("0007 failed\n") == true && told.first?.text.hasSuffix("more") == true)
        }
    }

    @Test(
        "what the operator has cancelled is no news and no failure, what others have is counted apart, and a held queue says why")
    func cancelled() async throws {
        func cancelled(_ job: Int, _ reason: String) -> Happening {
            Happening(.attemptEnded(Ending(outcome: .cancelled, at: .sample, reason: reason)), job: JobID(job), attempt: 1)
        }
        try await Stage.inFolder { stage in
            try await stage.watching(gathering: .seconds(600)) { _ in
                for job in 1...15 { await stage.engine.happen(.queued(job, actor: job)) }
                for job in 1...5 {
                    await stage.engine.happen(.prepared(job, version: 1), .intended(job), .accepted(job, "j\(job)-e1"))
                }
                await stage.engine.happen(.ended(1, .failed), .ended(2, .failed))
                await stage.engine.happen(Happening(.queueHeld(Hold(cause: .failures, reason: "two in a row failed"))))
                for job in 6...15 { await stage.engine.happen(cancelled(job, "cancelled before it was submitted")) }
                await stage.engine.happen(Happening(.cancelRequested, job: 3, attempt: 1))
                await stage.engine.happen(cancelled(3, "RunPod no longer knows it"))
                await stage.engine.happen(cancelled(4, "cancelled at RunPod by somebody else"), .ended(5, .completed))
            }
            let told = stage.recorder.told
            #expect(told.count == 1)
            #expect(told.first?.title == "1 waiting for you, 2 failed, 1 cancelled, 1 completed")
            #expect(
                told.first?.text.split(separator: "\n") == [
                    "the queue is held: two in a row failed", "0001 V1 failed", "0002 V1 failed", "0004 V1 cancelled",
                    "all 15 trainings have ended", "0005 V1 completed",
                ])
        }
    }

    @Test("a restart tells nothing twice, and what ended in an absence in one notice when all has been looked at")
    func restart() async throws {
        try await Stage.inFolder { stage in
            try await stage.watching { _ in
                for job in 1...5 {
                    await stage.engine.happen(
                        .queued(job, actor: job), .prepared(job, version: 1), .intended(job), .accepted(job, "j\(job)-e1"))
                }
                await stage.engine.happen(.ended(5, .completed))
                _ = await stage.recorder.told(1)
            }
            await stage.engine.restart()
            try await stage.watching { _ in
                await stage.engine.happen(.ended(1, .completed))
                await stage.engine.happen(.ended(2, .completed), .ended(3, .failed))
                #expect(stage.recorder.told.count == 1, "the fourth has not been looked at yet")
                await stage.engine.checked(4)
                let told = await stage.recorder.told(2)
                #expect(told[1].title == "while nobody was watching: 1 failed, 2 completed")
                await stage.engine.happen(.ended(4, .completed))
                #expect(await stage.recorder.told(3)[2].title == "0004 V1 completed")
                #expect(await stage.recorder.told(4)[3].kind == .batchDone)
            }
            await stage.engine.restart()
            try await stage.watching { _ in }
            #expect(stage.recorder.told.count == 4)
        }
    }

    @Test("what a killed program did not come to tell is told by the next one; an old journal is not")
    func killed() async throws {
        let engine = FakeEngine(isSimulation: true)
        await engine.happen(.queued(1, actor: 5), .ended(1, .completed))
        try await Stage.inFolder(engine) { stage in
            try await stage.watching { _ in }
            #expect(stage.recorder.told.isEmpty, "it is from before there were notifications")
            await engine.happen(
                Happening(
                    .jobQueued(QueuedJob(actor: 6, name: "six", origin: .operator)), job: 2, attempt: 1, at: .sample + .minutes(9)
                ))
            await engine.happen(.ended(2, .completed, at: .sample + .minutes(20)))
            try await stage.watching { _ in }
            #expect(stage.recorder.told.map(\.title) == ["[simulation] six completed"])
        }
    }

    @Test("only what is wanted")
    func kinds() async throws {
        try await Stage.inFolder { stage in
            try await stage.watching(kinds: [.batchDone]) { _ in
                await stage.engine.happen(
                    .queued(1, actor: 5), .queued(2, actor: 7), .ended(1, .completed), .ended(2, .completed))
            }
            #expect(stage.recorder.told.map(\.kind) == [.batchDone])
        }
    }

    @Test("a notifier that fails costs one line, and the next notice is tried all the same")
    func failing() async throws {
        try await Stage.inFolder { stage in
            stage.recorder.fail(with: PortError(.refused, "it answered 403"))
            try await stage.watching { _ in
                await stage.engine.happen(.queued(1, actor: 5), .ended(1, .completed))
                _ = await stage.recorder.told(1)
                await stage.engine.happen(.queued(2, actor: 5), .ended(2, .completed, at: .sample + .minutes(20)))
            }
            #expect(stage.recorder.told.count >= 2)
            #expect(stage.complaints.lines.allSatisfy { $0 == "the recorder failed: it answered 403" })
            #expect(stage.complaints.lines.count == stage.recorder.told.count)
        }
    }
}
