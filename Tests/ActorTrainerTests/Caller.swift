import AsyncHTTPClient
import Foundation
import JSONText
import NIOCore
import NIOHTTP1
import RunPodSimulator
import Testing

/// Calls an embedded server or a simulator as a page or another program would.
struct Caller: Sendable {
    let address: String

    func get(_ path: String) async throws -> JSONValue { try await send(.GET, path, nil).json }

    @discardableResult
    func post(_ path: String, _ body: JSONValue = [:]) async throws -> (status: Int, json: JSONValue) {
        try await send(.POST, path, body)
    }

    private func send(_ method: HTTPMethod, _ path: String, _ body: JSONValue?) async throws -> (status: Int, json: JSONValue) {
        var request = HTTPClientRequest(url: address + path)
        request.method = method
        request.headers.add(name: "authorization", value: "Bearer simulated")
        if let body { request.body = .bytes(ByteBuffer(string: body.text())) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let buffer = try await response.body.collect(upTo: 16 << 20)
        return (Int(response.status.code), try JSONValue(parsing: buffer.readableBytesView))
    }
}

extension ProgramUnderTest {
    /// The simulator that the demo has started.
    func simulator() async throws -> Caller {
        let found = try await SimulatorFinder(stateDirectory: demo.appending(path: "simulator")).findStarted()
        return Caller(address: found.address.url)
    }

    /// The Actor Maker API of the program that runs.
    func server() throws -> Caller {
        let log = try String(contentsOf: demo.appending(path: "actor-trainer.log"), encoding: .utf8)
        let line = try #require(log.split(separator: "\n").last { $0.contains("Actor Maker API is served on ") })
        return Caller(address: String(try #require(line.split(separator: " ").last)))
    }

    /// The process that has the demo's state folder.
    func owner() throws -> Int32 {
        let text = try String(contentsOf: demo.appending(path: "lock"), encoding: .utf8)
        return try #require(Int32(text.prefix { $0 != "\n" }))
    }

    /// Each attempt of the demo, by its actor's number.
    func attempts() async throws -> [Int: [JSONValue]] {
        let jobs = try await self("jobs", "--all", "--json", "--demo").json()
        let attempts = jobs.flatMap { $0["attempts"]?.array ?? [] }
        return Dictionary(grouping: attempts) { $0["actor_id"]?.int ?? -1 }
    }
}

extension Caller {
    /// What the simulator has accepted: the model names, in order.
    func acceptedModels() async -> [String] {
        await SimulatorFinder.accepted(address)?.map(\.model) ?? []
    }

    func skip(minutes: Double) async { _ = await SimulatorFinder.skip(address, seconds: minutes * 60) }

    /// From now on nothing happens at RunPod by itself.
    func freeze() async { _ = await SimulatorFinder.rescale(address, to: 0.01) }
}
