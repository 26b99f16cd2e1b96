import Synchronization
import Testing
import WaitingTestSupport

@testable import RunPod

@Suite struct LimiterTests {
    @Test("no window of ten seconds, wherever it begins, sees more calls than are allowed")
    func window() throws {
        var bucket = TokenBucket(calls: 100, window: .seconds(10))
        var sent: [Duration] = []
        // A rest in the middle fills the bucket again, so that a burst meets the steady stream.
        for place in 0..<600 {
            let asked: Duration = place < 300 ? .zero : .seconds(100)
            let wait = bucket.reserve(at: asked, patience: .seconds(1000))
            sent.append(asked + (try #require(wait)))
        }
        for (index, start) in sent.enumerated() {
            #expect(sent[index...].prefix { $0 < start + .seconds(10) }.count <= 100)
        }
        #expect(sent[49] == .zero && sent[50] > .zero)
    }

    @Test("who would have to wait too long is told so and takes no place")
    func patience() {
        var bucket = TokenBucket(calls: 2, window: .seconds(10))
        #expect(bucket.reserve(at: .zero) == .zero)
        #expect(bucket.reserve(at: .zero) == .seconds(10))
        let before = bucket
        #expect(bucket.reserve(at: .zero, patience: .seconds(15)) == nil)
        #expect(bucket == before)
    }

    @Test("time that goes back gives nothing")
    func timeGoesBack() {
        var bucket = TokenBucket(calls: 2, window: .seconds(10), at: .seconds(100))
        #expect(bucket.reserve(at: .seconds(100)) == .zero)
        #expect(bucket.reserve(at: .zero) == .seconds(10))
    }

    @Test("no more than so many calls are under way at once, and all come through")
    func atOnce() async {
        let gate = CallGate(RunPodLimits.Operation(calls: 1000, atOnce: 3))
        let count = Count()
        let passed = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    let result: Void? = try? await gate.pass {
                        count.enter()
                        for _ in 0..<5 { await Task.yield() }
                        count.leave()
                    }
                    return result != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(passed == 50)
        #expect((1...3).contains(count.most))
    }

    @Test("a call that is cancelled while it waits in line never runs, and the line goes on")
    func cancelledInLine() async throws {
        let gate = CallGate(RunPodLimits.Operation(calls: 1000, atOnce: 1))
        let count = Count()
        try await withThrowingTaskGroup(of: Void.self) { outer in
            let (stream, holder) = AsyncStream.makeStream(of: Void.self)
            outer.addTask {
                try? await gate.pass {
                    count.enter()
                    for await _ in stream {}
                }
            }
            try await eventually("a call is under way") { count.most > 0 }
            let waiting = Task { try await gate.pass { count.enter() } }
            waiting.cancel()
            await #expect(throws: CallGate.Refusal.cancelled) { try await waiting.value }
            holder.finish()
        }
        #expect(count.entered == 1)
        #expect((try? await gate.pass { 5 }) == 5)
    }

    private final class Count: Sendable {
        private let state = Mutex((inside: 0, most: 0, entered: 0))
        var most: Int { state.withLock { $0.most } }
        var entered: Int { state.withLock { $0.entered } }
        func enter() {
            state.withLock {
                $0.inside += 1
                $0.entered += 1
                $0.most = max($0.most, $0.inside)
            }
        }
        func leave() { state.withLock { $0.inside -= 1 } }
    }
}
