import ChanceTestSupport
import JSONText
import Testing

@Suite("Writing JSON")
struct JSONValueWritingTests {
    @Test("what is written reads back as the same value, with and without indentation", arguments: 0..<200 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var chance = SplitMix64(seed: seed)
        let value = JSONValue.random(depth: 5, using: &chance)
        #expect(try JSONValue(parsing: value.text()) == value)
        #expect(try JSONValue(parsing: value.text(indent: 2)) == value)
    }

    @Test("order of members and the text of numbers stay")
    func kept() throws {
        let text = #"{"b":1.0,"a":1e-4,"c":{"z":-0,"y":2.50}}"#
        #expect(try JSONValue(parsing: text).text() == text)
    }

    @Test("indentation is that of JSON.stringify")
    func indented() {
        let value: JSONValue = ["a": [1, ["b": nil]], "empty": [], "none": [:]]
        #expect(
            value.text(indent: 2) == """
                {
                  "a": [
                    1,
                    {
                      "b": null
                    }
                  ],
                  "empty": [],
                  "none": {}
                }
                """)
    }

    @Test("controls are escaped; a slash and accents are not")
    func escapes() {
        #expect(JSONValue.string("a/é\u{0}\u{1B}\n\"\\\u{7F}").text() == #""a/é\u0000\u001b\n\"\\\u007f""#)
    }

    @Test(
        "a number is written in its shortest form",
        arguments: [(2.5e-4, "0.00025"), (1, "1"), (-0.1, "-0.1"), (1e21, "1e+21"), (.infinity, "null"), (.nan, "null")]
            as [(Double, String)])
    func numbers(value: Double, text: String) {
        #expect(JSONValue.double(value).text() == text)
        if value.isFinite { #expect(JSONValue.double(value).double == value) }
    }

    @Test("meaning the same is asked of numbers and members, and not of their spelling")
    func meaning() throws {
        let left = try JSONValue(parsing: #"{"a":1.0,"b":[2.5e-4]}"#)
        #expect(left.meansTheSame(as: ["b": [.number("0.00025")], "a": 1]))
        #expect(!left.meansTheSame(as: ["a": 1, "b": [.number("0.0002")]]))
        #expect(!left.meansTheSame(as: ["a": 1]))
        #expect(!JSONValue.number("9007199254740993").meansTheSame(as: .number("9007199254740992")))
        #expect(!JSONValue.string("\u{E9}").meansTheSame(as: .string("e\u{301}")))
        #expect(!JSONValue.string("1").meansTheSame(as: 1))
    }
}
