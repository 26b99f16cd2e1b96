import JSONText
import Testing
import Training
import TrainingPorts

@testable import RunPod

@Suite("The management API", .timeLimit(.minutes(1)))
struct ManagementClientTests {
    private func ask<Answer: Sendable>(
        _ response: String, _ body: (RunPodManagementClient) async -> Answer
    ) async throws -> (answer: Answer, sent: String) {
        try await RawServer.with(.answer(response)) { server in
            let client = RunPodManagementClient(
                base: "http://127.0.0.1:\(server.port)/v2/", graphQL: "http://127.0.0.1:\(server.port)/graphql", endpoint: "ep/1",
                key: Secret("rp_secret_key"), patience: .init(connect: .seconds(5), call: .seconds(5)))
            let answer = await body(client)
            await client.shutdown()
            return (answer, server.tally.text)
        }
    }

    @Test("an endpoint is read; a limit of 0 is none, and what nobody knows stays")
    func endpoint() async throws {
        let json =
            #"{"id":"ep/1","name":"lora","type":"FUTURE_TYPE","gpu":{"pools":["ADA_24","AMPERE_48"],"count":1},"workers":{"min":0,"max":3,"idleTimeout":5},"timeout":0,"novelty":{"a":1}}"#
        let (answer, sent) = try await ask(RawServer.json("200 OK", json)) { await $0.endpointFacts() }
        let facts = try #require(answer.value)
        #expect(facts.pools == ["ADA_24", "AMPERE_48"] && facts.mostWorkers == 3 && facts.type == "FUTURE_TYPE")
        #expect(facts.executionTimeout == nil && facts.idleTimeout == .seconds(5))
        #expect(facts.raw["novelty"]?["a"]?.int == 1)
        #expect(sent.hasPrefix("GET /v2/serverless/ep%2F1 HTTP/1.1"))
        #expect(sent.lowercased().contains("authorization: bearer rp_secret_key"))
    }

    @Test("workers are read with their GPUs, one without an id is passed over")
    func workers() async throws {
        let json =
            #"{"summary":{"running":1},"workers":[{"id":"w1","status":"HIBERNATING","gpuTypeId":"NVIDIA L40S","dataCenterId":"EU-RO-1","uptimeSeconds":61,"startedAt":"2026-11-23T10:00:00Z","isStale":true},{"status":"RUNNING"}]}"#
        let (answer, _) = try await ask(RawServer.json("200 OK", json)) { await $0.workers() }
        let worker = try #require(answer.value?.first)
        #expect(answer.value?.count == 1)
        #expect(worker.status == "HIBERNATING" && worker.gpu == "NVIDIA L40S" && worker.uptime == .seconds(61) && worker.isStale)
        #expect(worker.startedAt == Timestamp(parsing: "2026-11-23T10:00:00Z"))
    }

    @Test("prices are exact, and none where there is no serverless price")
    func prices() async throws {
        let json =
            #"{"gpus":[{"id":"NVIDIA GeForce RTX 4090","name":"RTX 4090","pool":"ADA_24","memory":24,"price":{"secure":0.44,"community":0.31,"serverless":1.1},"availability":"LOW"},{"id":"X","pool":null,"price":{"secure":9}}]}"#
        let (answer, sent) = try await ask(RawServer.json("200 OK", json)) { await $0.prices() }
        let catalogue = try #require(answer.value)
        #expect(catalogue.gpu("RTX 4090")?.perHour == Money(microdollars: 1_100_000))
        #expect(catalogue.gpu("RTX 4090")?.availability == "LOW" && catalogue.gpu("X")?.perHour == nil)
        #expect(sent.contains("/v2/catalog/gpus?include=AVAILABILITY&product=SERVERLESS "))
    }

    @Test("the balance comes by GraphQL, to the micro-dollar")
    func balance() async throws {
        let json = #"{"data":{"myself":{"clientBalance":435.85,"currentSpendPerHr":0.001,"spendLimit":180}}}"#
        let (answer, sent) = try await ask(RawServer.json("200 OK", json)) { await $0.account() }
        #expect(
            answer.value
                == AccountFacts(
                    balance: Money(microdollars: 435_850_000), spendPerHour: Money(microdollars: 1000),
                    spendLimit: Money(microdollars: 180_000_000)))
        #expect(sent.hasPrefix("POST /graphql HTTP/1.1") && sent.contains("clientBalance") && !sent.contains("api_key="))
    }

    @Test("an error of GraphQL comes as 200, and is one sentence without the key")
    func graphQLError() async throws {
        let json = #"{"errors":[{"message":"Unauthorized: rp_secret_key\nis wrong"}],"data":{"myself":null}}"#
        let (answer, _) = try await ask(RawServer.json("200 OK", json)) { await $0.account() }
        #expect(answer == .refused("RunPod answered: Unauthorized: ••• is wrong"))
    }

    @Test("bills are read")
    func bills() async throws {
        let json =
            #"{"records":[{"startTime":"2026-06-01T00:00:00Z","endTime":"2026-06-02T00:00:00Z","totalAmount":8.9,"gpuAmount":7.5,"diskAmount":0.4,"feeAmount":1.0}]}"#
        let (answer, sent) = try await ask(RawServer.json("200 OK", json)) { await $0.bills(days: 7) }
        #expect(answer.value?.first?.total == Money(microdollars: 8_900_000))
        #expect(answer.value?.first?.fee == Money(microdollars: 1_000_000))
        #expect(sent.contains("/v2/billing/serverless?serverlessId=ep%2F1&bucketSize=day&lastN=7 "))
    }

    @Test(
        "what is no answer is one sentence",
        arguments: [
            (
                RawServer.json("401 Unauthorized", #"{"title":"Unauthorized","status":401,"detail":"rp_secret_key is wrong"}"#),
                ManagementAnswer<[WorkerFacts]>.refused("RunPod answered 401: Unauthorized: ••• is wrong")
            ),
            (
                RawServer.json("429 Too Many Requests", #"{"title":"slow down"}"#, headers: "retry-after: 7\r\n"),
                .throttled("RunPod answered 429: slow down", retryAfter: .seconds(7))
            ),
            (RawServer.json("404 Not Found", ""), .notFound("RunPod answered 404 without a reason")),
            (RawServer.json("200 OK", "{}"), .failed("RunPod's answer holds no list of workers that can be read")),
            (
                RawServer.json("302 Found", "", headers: "location: http://127.0.0.1:1/\r\n"),
                .failed("RunPod answered 302 without a reason")
            ),
        ])
    func faults(response: String, expected: ManagementAnswer<[WorkerFacts]>) async throws {
        let (answer, _) = try await ask(response) { await $0.workers() }
        #expect(answer == expected)
    }
}
