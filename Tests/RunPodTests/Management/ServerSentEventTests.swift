import Testing

@testable import RunPod

@Suite("An event stream")
struct ServerSentEventTests {
    private static let stream =
        "\u{FEFF}: a comment\r\nid: 1\r\ndata: first\r\n\r\nevent: line\rdata: sécond\rdata:two\r\rid\ndata\n\nretry: 1500\nretry: x\nfoo: bar\ndata:  third 🎭\nid: 3\n\nid: 4\n\ndata: cut"

    private func read(_ pieces: [[UInt8]]) -> ([ServerSentEvent], ServerSentEventParser) {
        var parser = ServerSentEventParser()
        let events = pieces.flatMap { parser.feed($0) }
        return (events, parser)
    }

    @Test("is read alike, in whatever pieces it comes", arguments: [1, 2, 3, 5, 7, 1000])
    func pieces(size: Int) {
        let bytes = Array(Self.stream.utf8)
        let pieces = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
        let (events, parser) = read(pieces)
        #expect(
            events == [
                ServerSentEvent(id: "1", event: nil, data: "first"), ServerSentEvent(id: "1", event: "line", data: "sécond\ntwo"),
                ServerSentEvent(id: nil, event: nil, data: ""), ServerSentEvent(id: "3", event: nil, data: " third 🎭"),
            ])
        #expect(parser.retry == 1500)
        #expect(parser.lastID == "4")
    }

    @Test("grows without bound in no place: a line without an end, an event without one")
    func bounds() {
        let (none, parser) = read([Array(repeating: 0x61, count: 1 << 20)])
        #expect(none.isEmpty && MemoryLayout.size(ofValue: parser) < 1024)
        let endless = Array(repeating: Array(("data: " + String(repeating: "x", count: 1000) + "\n").utf8), count: 2000)
        let (events, _) = read(endless + [Array("\n".utf8)])
        #expect(events.count == 1 && (events.first?.data.utf8.count ?? .max) <= ServerSentEventParser.eventLimit)
        let (long, _) = read([Array("data: ".utf8), Array(repeating: 0x61, count: 1 << 20), Array("\n\ndata: next\n\n".utf8)])
        #expect(long.map(\.data.utf8.count) == [ServerSentEventParser.lineLimit - 6, 4])
    }

    @Test("with bytes that are no text is read on")
    func brokenText() {
        let (events, _) = read([[0x64, 0x61, 0x74, 0x61, 0x3A, 0xFF, 0xC3, 0x0A, 0x0A]])
        #expect(events.map(\.data) == ["\u{FFFD}\u{FFFD}"])
    }

    @Test("is gone on with where it was, and what is sent again is passed over")
    func place() {
        var place = LogPlace(last: "2026-11-23T10:00:00.500Z")
        #expect(!place.isNew("2026-11-23T10:00:00.500Z") && !place.isNew("2026-11-23T09:59:59.900Z"))
        #expect(place.isNew("2026-11-23T10:00:00.501Z") && place.isNew("an id of another kind") && place.isNew(nil))
        let pauses = (0..<10).map { _ in place.pauseAfterFailure(asked: nil) }
        #expect(pauses[0] >= .seconds(1) && pauses[0] <= .seconds(1.25) && pauses[4] >= .seconds(16))
        #expect(pauses.allSatisfy { $0 <= .seconds(75) })
        place.came("x")
        #expect(place.pauseAfterFailure(asked: nil) < .seconds(2))
        #expect(!LogPlace.canBeHeader("a\r\nx: y"))
    }
}
