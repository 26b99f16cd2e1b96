import AsyncHTTPClient
public import Foundation
import JSONText
import NIOCore
import NIOHTTP1
import RunPod
import Training
import TrainingPorts

/// Finds a simulator that runs already, by the state folder that it uses, and steers it.
public struct SimulatorFinder: Sendable {
    public let stateDirectory: URL

    public init(stateDirectory: URL) { self.stateDirectory = stateDirectory }

    /// The clock of this folder's simulation, whether a simulator runs or not; nil where there was none yet.
    public var clock: SimulatedClock? { StateFolder.json(stateDirectory, "clock.json").flatMap { SimulatedClock($0) } }

    /// A simulator that answers, with what it says of itself.
    public struct Found: Hashable, Sendable {
        public let address: SimulatorAddress
        public let description: SimulatorDescription
    }

    /// The simulator of this state folder; nil where none answers, or another one has its port by now.
    public func find() async -> Found? {
        guard let json = StateFolder.json(stateDirectory, "simulator.json"), let port = json["port"]?.int,
            let instance = json["instance"]?.string
        else { return nil }
        let address = SimulatorAddress(port: port)
        guard let found = await SimulatorFinder.describe(address.url), found.instance == instance else { return nil }
        return Found(address: address, description: found)
    }

    /// Waits until a simulator that was just started answers.
    /// - Throws: `PortError` after `patience` of real time.
    public func findStarted(patience: Duration = .seconds(15)) async throws -> Found {
        let start = ContinuousClock.now
        while ContinuousClock.now - start < patience {
            if let found = await find() { return found }
            try await Task.sleep(for: .milliseconds(30), clock: .continuous)
        }
        throw PortError(.unreachable, "the simulator did not start within \(patience)")
    }

    /// What the server at an address, `http://HOST:PORT`, says of itself; nil where it is no simulator.
    public static func describe(_ url: String) async -> SimulatorDescription? {
        await call(.GET, url + "/simulator").flatMap { SimulatorDescription($0) }
    }

    /// Another pace from now on; nil where no simulator answered.
    public static func rescale(_ url: String, to scale: Double) async -> SimulatorDescription? {
        await call(.POST, url + "/simulator/scale", ["scale": .double(scale)]).flatMap { SimulatorDescription($0) }
    }

    /// A jump of the clock; nil where no simulator answered.
    public static func skip(_ url: String, seconds: Double) async -> SimulatorDescription? {
        await call(.POST, url + "/simulator/skip", ["seconds": .double(seconds)]).flatMap { SimulatorDescription($0) }
    }

    /// All submissions that it ever accepted, in their order; nil where no simulator answered.
    public static func accepted(_ url: String) async -> [AcceptedJob]? {
        await call(.GET, url + "/simulator/accepted")?["accepted"]?.array?.compactMap { AcceptedJob($0) }
    }

    /// - Returns: whether it said that it stops.
    public static func stop(_ url: String) async -> Bool { await call(.POST, url + "/simulator/stop") != nil }

    private static func call(_ method: HTTPMethod, _ url: String, _ body: JSONValue? = nil) async -> JSONValue? {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(2)
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(configuration: configuration)
        var request = HTTPClientRequest(url: url)
        request.method = method
        if let body { request.body = .bytes(ByteBuffer(string: body.text())) }
        let answer = await answered(request, by: client)
        try? await client.shutdown()
        return answer
    }

    private static func answered(_ request: HTTPClientRequest, by client: HTTPClient) async -> JSONValue? {
        guard let response = try? await client.execute(request, timeout: .seconds(5)), response.status == .ok,
            let body = try? await response.body.collect(upTo: 64 << 20)
        else { return nil }
        return try? JSONValue(parsing: body.readableBytesView)
    }
}
