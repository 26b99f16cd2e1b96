import Testing

@testable import Tunnel

@Suite("What ngrok says")
struct ReadingTests {
    private static func tunnels(_ entries: String...) -> String {
        "{\"tunnels\":[\(entries.joined(separator: ","))],\"uri\":\"/api/tunnels\"}"
    }
    private static func tunnel(_ address: String, to target: String) -> String {
        """
        {"name":"x","uri":"/api/tunnels/x","public_url":"\(address)","proto":"https","config":{"addr":"\(target)","inspect":true},
        "metrics":{"conns":{"count":0,"rate1":0.5}},"added_later":null}
        """
    }
    private static let stranger = tunnel("https://stranger.ngrok.app", to: "http://localhost:3000")
    private static let ours = tunnel("https://ours.ngrok.app", to: "http://localhost:8765")

    @Test(
        "gives the tunnel to our port and no other",
        arguments: [
            (tunnels(stranger, ours), AgentAnswer.tunnel("https://ours.ngrok.app")), (tunnels(stranger), .noneOfOurs),
            (tunnels(), .noneOfOurs),
            (tunnels(tunnel("http://ours.ngrok.app", to: "8765"), ours), .tunnel("https://ours.ngrok.app")),
            (tunnels(tunnel("http://ours.ngrok.app", to: "8765")), .noneOfOurs),
            (tunnels(tunnel("tcp://0.tcp.ngrok.io:1", to: "localhost:8765")), .noneOfOurs),
            (
                #"{"endpoints":[{"name":"hook","url":"https://x.ngrok.dev","upstream":{"url":"http://localhost:8765","protocol":"http1"}}]}"#,
                .tunnel("https://x.ngrok.dev")
            ),
            (
                #"{"endpoints":[{"name":"hook","url":"https://x.ngrok.dev","upstream":{"url":"http://localhost:87650"}}]}"#,
                .noneOfOurs
            ),
            ("", .unclear), ("<html>", .unclear), ("{}", .unclear), ("[]", .unclear), (#"{"tunnels":{}}"#, .unclear),
            (#"{"tunnels":[1,null,{}]}"#, .noneOfOurs),
        ])
    func choosing(body: String, answer: AgentAnswer) {
        #expect(AgentAnswer(reading: Array(body.utf8), port: 8765) == answer)
    }

    @Test(
        "names a target in several ways",
        arguments: [
            ("8765", true), ("localhost:8765", true), ("http://localhost:8765", true), ("http://127.0.0.1:8765/", true),
            ("http://[::1]:8765", true), (":8765", true), ("18765", false), ("localhost:876", false),
            ("http://other:8765", false),
            ("http://10.0.0.7:8765", false), ("", false), ("http://localhost", false), ("localhost:8765x", false),
        ])
    func targets(target: String, isOurs: Bool) {
        #expect(AgentAnswer.leads(target, to: 8765) == isOurs)
    }

    @Test("tells in its log when the tunnel is up, and at which address")
    func started() {
        let line =
            #"{"addr":"http://localhost:8765","lvl":"info","msg":"started tunnel","name":"command_line","obj":"tunnels","url":"https://a-b.ngrok-free.dev"}"#
        #expect(AgentLogLine(ngrok: line) == .started("https://a-b.ngrok-free.dev"))
        for other in [
            "", "t=2026 lvl=info", #"{"lvl":"info","msg":"client session established"}"#,
            #"{"lvl":"eror","msg":"session closed, retrying"}"#,
            #"{"lvl":"info","msg":"starting web service","obj":"web","addr":"127.0.0.1:4040"}"#,
        ] {
            #expect(AgentLogLine(ngrok: other) == nil, "\(other)")
        }
    }

    @Test(
        "tells its errors by number, and each has a sentence",
        arguments: [
            (102, "suspended"), (105, "malformed"), (107, "not valid any more"), (108, "another ngrok agent"), (120, "too old"),
            (121, "too old"),
            (334, "in use by another"), (725, "traffic"), (734, "requests a minute"), (3200, "offline"),
            (4018, "NGROK_AUTHTOKEN"),
            (6024, "warning page"), (8012, "listener is down"), (9999, "ngrok.com/docs/errors"),
        ])
    func errors(code: Int, words: String) {
        let line =
            #"{"err":"authentication failed: Some words.\r\n\r\nERR_NGROK_\#(code)\r\n","lvl":"crit","msg":"command failed"}"#
        guard case .failed(let sentence) = AgentLogLine(ngrok: line) else {
            Issue.record("no failure was read")
            return
        }
        #expect(sentence.contains(words))
        #expect(sentence.hasSuffix("(ERR_NGROK_\(code))"))
        #expect(!sentence.contains("\n"))
    }

    @Test("tells of a failure without a number in its own words, on one line")
    func failureWithoutNumber() {
        let line = #"{"err":"unknown flag:\n--inspect","lvl":"crit","msg":"command failed"}"#
        #expect(AgentLogLine(ngrok: line) == .failed("ngrok could not start the tunnel: unknown flag: --inspect"))
        #expect(NgrokFault(searching: "ERR_NGROK_") == nil)
    }

    @Test(
        "is not needed for an address of one's own, which must be safe",
        arguments: [
            ("https://trainer.example.org", true), ("https://trainer.example.org/base", true), ("http://127.0.0.1:8765", true),
            ("http://trainer.example.org", false), ("trainer.example.org", false), ("https://user:pw@trainer.example.org", false),
            ("https://trainer.example.org?x=1", false), ("https://trainer.example.org#x", false),
            ("https://trainer.example.org:65536", false),
            ("ftp://trainer.example.org", false),
            ("", false), ("https://", false),
        ])
    func fixedAddresses(address: String, isGood: Bool) {
        #expect((OutsideTest.objection(to: address) == nil) == isGood)
    }
}
