import AsyncHTTPClient
import JSONText
import NIOCore
import NIOHTTP1
public import Training
public import TrainingPorts

extension RunPodManagementClient {
    public func endpointFacts() async -> ManagementAnswer<EndpointFacts> {
        await call(request(.GET, url("serverless", endpoint)), for: "endpoint") { EndpointFacts($0) }
    }

    public func workers() async -> ManagementAnswer<[WorkerFacts]> {
        await call(request(.GET, url("serverless", endpoint, "workers")), for: "list of workers") { json in
            (json["workers"] ?? json).array.map { $0.compactMap(WorkerFacts.init) }
        }
    }

    public func prices() async -> ManagementAnswer<PriceCatalogue> {
        let query = [("include", "AVAILABILITY"), ("product", "SERVERLESS")]
        let full = await call(
            request(.GET, url("catalog", "gpus", query: query)), for: "prices", RunPodManagementClient.catalogue)
        // Where the API does not take these two words, the prices alone are still worth having.
        guard case .failed = full else { return full }
        return await call(request(.GET, url("catalog", "gpus")), for: "prices", RunPodManagementClient.catalogue)
    }

    private static let catalogue: @Sendable (JSONValue) -> PriceCatalogue? = { json in
        let list = json.array ?? ["gpus", "data", "items", "gpuTypes"].lazy.compactMap { json[$0]?.array }.first
        guard let gpus = list?.compactMap(GPUPrice.init), !gpus.isEmpty else { return nil }
        return PriceCatalogue(gpus: gpus)
    }

    /// GraphQL says `200` with `errors` where it fails.
    public func account() async -> ManagementAnswer<AccountFacts> {
        var question = request(.POST, graphQL)
        question.headers.add(name: "content-type", value: "application/json")
        question.body = .bytes(
            ByteBuffer(string: #"{"query":"query { myself { clientBalance currentSpendPerHr spendLimit } }"}"#))
        let answer = await call(question, for: "balance") { json -> Result<AccountFacts, GraphQLFault>? in
            if let account = json["data"]?["myself"].flatMap(AccountFacts.init) { return .success(account) }
            guard let errors = json["errors"]?.array, !errors.isEmpty else { return nil }
            return .failure(GraphQLFault(errors))
        }
        return switch answer {
        case .known(.success(let account)): .known(account)
        case .known(.failure(let fault)):
            fault.isRefusal ? .refused(key.hidden(in: fault.words)) : .failed(key.hidden(in: fault.words))
        case .refused(let words): .refused(words)
        case .notFound(let words): .notFound(words)
        case .throttled(let words, let time): .throttled(words, retryAfter: time)
        case .failed(let words): .failed(words)
        }
    }

    public func bills(days: Int) async -> ManagementAnswer<[BillRecord]> {
        let query = [
            ("serverlessId", endpoint), ("bucketSize", days <= 2 ? "hour" : "day"),
            ("lastN", String(days <= 2 ? days * 24 : days)),
        ]
        return await call(request(.GET, url("billing", "serverless", query: query)), for: "bills") { json in
            (json["records"] ?? json).array.map { $0.compactMap(BillRecord.init) }
        }
    }
}

/// Why GraphQL gave no data.
private struct GraphQLFault: Error, Hashable {
    let words: String
    let isRefusal: Bool

    init(_ errors: [JSONValue]) {
        let messages = errors.compactMap { $0["message"]?.string }
        words =
            "RunPod answered: "
            + Sentence.oneLine(messages.isEmpty ? "an error without a message" : messages.joined(separator: "; "))
        let codes = errors.compactMap { $0["extensions"]?["code"]?.string }
        let lower = messages.joined(separator: " ").lowercased()
        isRefusal =
            codes.contains { ["UNAUTHENTICATED", "FORBIDDEN", "UNAUTHORIZED"].contains($0) } || lower.contains("unauthorized")
            || lower.contains("not authorized")
    }
}
