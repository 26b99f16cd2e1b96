import Foundation
import Testing
import TrainingTestSupport

@testable import Training

@Suite("Events as JSON")
struct EventCodingTests {
    private let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()
    private let decoder: JSONDecoder = {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }()

    private func text(_ event: Event) throws -> String { String(decoding: try encoder.encode(event), as: UTF8.self) }

    @Test("there is a sample of every kind")
    func samples() {
        #expect(Set(Event.samples.map(\.name)) == Set(Event.Kind.allCases.map(\.rawValue)))
    }

    @Test("every kind comes back as it was", arguments: Event.samples)
    func roundTrip(event: Event) throws {
        #expect(try decoder.decode(Event.self, from: try encoder.encode(event)) == event)
    }

    @Test("names are dotted and their own")
    func names() {
        let names = Event.Kind.allCases.map(\.rawValue)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.wholeMatch(of: /[a-z]+\.[a-z_]+/) != nil })
    }

    @Test("keys are snake_case, times ISO 8601, numbers plain")
    func shape() throws {
        #expect(
            try text(.submissionUnsent(Pause(reason: "429", notBefore: .sample)))
                == #"{"data":{"not_before":"2026-11-23T16:04:52.120Z","reason":"429"},"event":"submission.unsent"}"#)
        #expect(try text(.queueResumed) == #"{"data":{},"event":"queue.resumed"}"#)
        #expect(
            try text(.statusObserved(RunPodObservation(state: .unknown("PAUSED"), executionTime: 12)))
                == #"{"data":{"execution_time":12,"state":"PAUSED"},"event":"status.observed"}"#)
        let prepared = try text(.attemptPrepared(.sample))
        #expect(prepared.contains(#""model":"actor_0019_V7""#))
        #expect(prepared.contains(#""learning_rate":0.00025"#))
    }

    @Test("a payload may have fields that this program does not know")
    func newerFields() throws {
        let text = #"{"event":"queue.parallelism_set","data":{"value":3,"because_of":"a newer program"}}"#
        #expect(try decoder.decode(Event.self, from: Data(text.utf8)) == .parallelismSet(ParallelismSetting(value: 3)))
    }

    @Test(
        "what this program does not know, or what is damaged, is refused",
        arguments: [
            #"{"event":"engine.teleported","data":{}}"#, #"{"event":"queue.parallelism_set","data":{}}"#, #"{"data":{}}"#,
            #"{"event":"queue.held","data":{"cause":"whim","reason":""}}"#,
            #"{"event":"submission.unsent","data":{"reason":"x","not_before":"soon"}}"#,
        ])
    func refused(text: String) {
        #expect(throws: DecodingError.self) { try decoder.decode(Event.self, from: Data(text.utf8)) }
    }

    @Test("every event can be told in a sentence", arguments: Event.samples)
    func sentences(event: Event) {
        let record = EventRecord(
            sequence: 1, time: .sample, id: "x", cause: nil, by: "engine", job: JobID(3), attempt: 2, event: event)
        #expect(record.sentence.hasPrefix("j3.2: "))
        #expect(record.sentence.count > 10)
    }
}
