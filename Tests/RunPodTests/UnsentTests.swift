import JSONText
import NIOCore
import NIOPosix
import RunPod
import Testing
import TrainingPorts

/// The one row of the table that lets an order be sent again: it must be certain that no byte of it left.
@Suite struct UnsentTests {
    func submit(to base: String) async -> SubmissionAnswer {
        let patience = RunPodClient.Patience(connect: .milliseconds(300), submission: .seconds(5))
        let client = RunPodClient(base: base, endpoint: "e", key: Secret("key"), patience: patience)
        let answer = await client.submit(["input": ["marker": "order-bytes"]])
        await client.shutdown()
        return answer
    }

    @Test("a refused connection and an unknown address leave no byte")
    func noConnection() async throws {
        let port = try await RawServer.with(.silent) { $0.port }
        for base in ["http://127.0.0.1:\(port)", "http://localhost:\(port)", "http://nobody.invalid"] {
            guard case .unsent(let words) = await submit(to: base) else {
                Issue.record("\(base) should be unsent")
                continue
            }
            #expect(!words.isEmpty)
        }
    }

    @Test("a connection that does not come about in time leaves no byte")
    func connectTimeout() async throws {
        // Nobody accepts and the line of those who wait is full: the system drops what knocks.
        let group = MultiThreadedEventLoopGroup.singleton
        let full = try await ServerBootstrap(group: group).serverChannelOption(.backlog, value: 1)
            .serverChannelOption(.autoRead, value: false).bind(host: "127.0.0.1", port: 0).get()
        let port = full.localAddress?.port ?? 0
        var waiting: [any Channel] = []
        for _ in 0..<4 {
            let knock = ClientBootstrap(group: group).connectTimeout(.milliseconds(100)).connect(host: "127.0.0.1", port: port)
            if let channel = try? await knock.get() { waiting.append(channel) }
        }
        let answer = await submit(to: "http://127.0.0.1:\(port)")
        for channel in waiting { try? await channel.close().get() }
        try await full.close().get()
        guard case .unsent(let words) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(words.contains("no connection in time"))
    }

    @Test("a TLS handshake that fails leaves no byte of the order")
    func handshake() async throws {
        try await RawServer.with(.closeAtOnce) { server in
            guard case .unsent = await submit(to: "https://127.0.0.1:\(server.port)") else {
                Issue.record("should be unsent")
                return
            }
            #expect(server.tally.connections == 1)
            #expect(!server.tally.text.contains("order-bytes"))
        }
    }

    @Test("a server that does not speak TLS gets no byte of the order")
    func noTLS() async throws {
        try await RawServer.with(.silent) { server in
            guard case .unsent = await submit(to: "https://127.0.0.1:\(server.port)") else {
                Issue.record("should be unsent")
                return
            }
            #expect(server.tally.connections == 1)
            #expect(server.tally.requests == 0)
            #expect(!server.tally.text.contains("order-bytes"))
        }
    }

    @Test("a connection that stood and was closed at once is not called unsent, though the server may have read nothing")
    func closedAtOnce() async throws {
        try await RawServer.with(.closeAtOnce) { server in
            // The close may come before the client has seen its connection stand; then no byte has left, and it is tried again.
            for _ in 0..<20 {
                switch await submit(to: "http://127.0.0.1:\(server.port)") {
                case .uncertain: return
                case .unsent: #expect(!server.tally.text.contains("order-bytes"))
                case let answer: Issue.record("should be uncertain: \(answer)")
                }
            }
            Issue.record("no connection stood")
        }
    }

    @Test("an order whose task was cancelled before it left is unsent, and nobody was called")
    func cancelled() async throws {
        try await RawServer.with(.silent) { server in
            let answer = await withTaskGroup(of: SubmissionAnswer.self) { group in
                group.cancelAll()
                group.addTask { await submit(to: "http://127.0.0.1:\(server.port)") }
                return await group.next()
            }
            #expect(answer == .unsent("cancelled before it was sent"))
            #expect(server.tally.connections == 0)
        }
    }

    @Test("an order that is too large is refused here")
    func tooLarge() async {
        let client = RunPodClient(base: "http://127.0.0.1:1", endpoint: "e", key: Secret("key"))
        let answer = await client.submit(["input": ["fill": .string(String(repeating: "x", count: RunPodLimits.requestBytes))]])
        await client.shutdown()
        guard case .rejected(413, _) = answer else {
            Issue.record("\(answer)")
            return
        }
    }
}
