import JSONText
import Testing

@Suite("Editing JSON in place")
struct JSONEditorTests {
    private func edited(_ text: String, _ edit: (inout JSONEditor) throws -> Void) throws -> String {
        var editor = try JSONEditor(text.utf8)
        try edit(&editor)
        _ = try JSONValue(parsing: editor.bytes)
        return String(decoding: editor.bytes, as: UTF8.self)
    }

    @Test("setting a member leaves every other byte")
    func set() throws {
        let text = "{ \"a\" :1.0,\r\n\t\"b\": \"\\u00e9\\/\" , \"c\":[ 1,2 ]}\n\n"
        #expect(
            try edited(text) { try $0.set(false, at: ["b"]) } == "{ \"a\" :1.0,\r\n\t\"b\": false , \"c\":[ 1,2 ]}\n\n")
        #expect(try edited(text) { try $0.set(3, at: ["c", 1]) } == text.replacing("1,2", with: "1,3"))
    }

    @Test("what means the same already is left as it is written")
    func unchanged() throws {
        let text = #"{"rate":2.50e-4,"n":1.0,"s":"\u00e9","o":{"b":1,"a":2}}"#
        let result = try edited(text) {
            try $0.set(.number("0.00025"), at: ["rate"])
            try $0.set(1, at: ["n"])
            try $0.set("é", at: ["s"])
            try $0.set(["a": 2, "b": 1], at: ["o"])
        }
        #expect(result == text)
    }

    @Test(
        "a new member follows its neighbours: two spaces, four, tabs, one line, with and without blanks",
        arguments: [
            ("{\n  \"a\": 1\n}", "{\n  \"a\": 1,\n  \"n\": {\n    \"x\": [\n      1\n    ]\n  }\n}"),
            ("{\n    \"a\": 1\n}\n", "{\n    \"a\": 1,\n    \"n\": {\n        \"x\": [\n            1\n        ]\n    }\n}\n"),
            ("{\r\n\t\"a\" : 1\r\n}", "{\r\n\t\"a\" : 1,\r\n\t\"n\" : {\r\n\t\t\"x\" : [\r\n\t\t\t1\r\n\t\t]\r\n\t}\r\n}"),
            ("{\"a\":1}", "{\"a\":1,\"n\":{\"x\":[1]}}"),
            ("{\"a\": 1}", "{\"a\": 1, \"n\": {\"x\": [1]}}"),
            ("{\"a\": 1,\"b\": 2}", "{\"a\": 1,\"b\": 2,\"n\": {\"x\": [1]}}"),
            ("\u{FEFF}{\n\"a\": 1\n}", "\u{FEFF}{\n\"a\": 1,\n\"n\": {\n\"x\": [\n1\n]\n}\n}"),
            ("{\n  \"a\": 1\n  , \"b\": 2\n}", "{\n  \"a\": 1\n  , \"b\": 2\n  , \"n\": {\n    \"x\": [\n      1\n    ]\n  }\n}"),
            ("{}", "{\n  \"n\": {\n    \"x\": [\n      1\n    ]\n  }\n}"),
        ])
    func style(before: String, after: String) throws {
        #expect(try edited(before) { try $0.set(["x": [1]], at: ["n"]) } == after)
    }

    @Test("an element put first or last looks like its siblings, where those stand on one line too")
    func elements() throws {
        let text = "{\n  \"list\": [\n    {\"a\": 1, \"b\": 2},\n    {\"a\": 3, \"b\": 4}\n  ]\n}"
        #expect(
            try edited(text) { try $0.insert(["a": 0], into: ["list"], at: .first) }
                == "{\n  \"list\": [\n    {\"a\": 0},\n    {\"a\": 1, \"b\": 2},\n    {\"a\": 3, \"b\": 4}\n  ]\n}")
        #expect(
            try edited(text) { try $0.insert(["a": 5, "b": [6, 7]], into: ["list"]) }
                == "{\n  \"list\": [\n    {\"a\": 1, \"b\": 2},\n    {\"a\": 3, \"b\": 4},\n    {\"a\": 5, \"b\": [6, 7]}\n  ]\n}"
        )
    }

    @Test("an empty container opens like the rest of the text, or stays on its line where that is a line of its own")
    func emptyContainers() throws {
        #expect(
            try edited("{\n  \"v\": [],\n  \"w\": 1\n}") { try $0.insert(["id": "a"], into: ["v"], at: .first) }
                == "{\n  \"v\": [\n    {\n      \"id\": \"a\"\n    }\n  ],\n  \"w\": 1\n}")
        #expect(
            try edited("{\n  \"row\": {\"v\": [], \"w\": 1}\n}") { try $0.insert(7, into: ["row", "v"]) }
                == "{\n  \"row\": {\"v\": [7], \"w\": 1}\n}")
    }

    @Test("a member goes where it is wanted")
    func places() throws {
        let text = "{\n  \"a\": 1,\n  \"b\": 2\n}"
        #expect(
            try edited(text) { try $0.insert(0, key: "n", into: [], at: .first) } == "{\n  \"n\": 0,\n  \"a\": 1,\n  \"b\": 2\n}")
        #expect(
            try edited(text) { try $0.insert(0, key: "n", into: [], at: .after("a")) }
                == "{\n  \"a\": 1,\n  \"n\": 0,\n  \"b\": 2\n}")
        #expect(
            try edited(text) { try $0.insert(0, key: "n", into: [], at: .after("none")) }
                == "{\n  \"a\": 1,\n  \"b\": 2,\n  \"n\": 0\n}")
    }

    @Test("where the text escapes accents, new text does; where it writes them, new text does too")
    func accents() throws {
        #expect(try edited(#"{"a":"\u00e9"}"#) { try $0.set("ü🎭", at: ["b"]) } == #"{"a":"\u00e9","b":"\u00fc\ud83c\udfad"}"#)
        #expect(try edited(#"{"a":"é"}"#) { try $0.set("ü", at: ["b"]) } == #"{"a":"é","b":"ü"}"#)
    }

    @Test("a key is found through its escapes, and brackets in strings are no brackets")
    func findsThroughEscapes() throws {
        let text = #"{"x":"}],{\"\\","caf\u00e9":{"]":1}}"#
        #expect(try edited(text) { try $0.set(2, at: ["café", "]"]) } == text.replacing(":1", with: ":2"))
    }

    @Test("changing a value touches only what differs")
    func change() throws {
        let text =
            "{\n  \"v\": [\n    {\"id\": \"b\", \"n\": 1.0},\n    {\"id\": \"a\", \"x\": \"\\u00e9\"}\n  ],\n  \"other\": 1e3\n}"
        let result = try edited(text) {
            try $0.change(
                to: [["id": "c"], ["id": "b", "n": 1, "good": true], ["id": "a", "x": "é"]], at: ["v"])
        }
        #expect(
            result == """
                {
                  "v": [
                    {"id": "c"},
                    {"id": "b", "n": 1.0, "good": true},
                    {"id": "a", "x": "\\u00e9"}
                  ],
                  "other": 1e3
                }
                """)
        #expect(
            try edited(#"[{"id":1,"n":1.0}]"#) { try $0.change(to: [["id": 1, "n": 2], ["id": 2]], at: []) }
                == #"[{"id":1,"n":2},{"id":2}]"#)
        #expect(try edited("[1,2.0,3,4]") { try $0.change(to: [1, 2, 4], at: []) } == "[1,2.0,4]")
        #expect(try edited(#"{"a":1,"b":2}"#) { try $0.change(to: ["b": 2], at: []) } == #"{"b":2}"#)
    }

    @Test("an edit that has no place is refused and changes nothing")
    func refused() throws {
        var editor = try JSONEditor(#"{"a":[1]}"#.utf8)
        #expect(throws: JSONPathError.self) { try editor.set(1, at: ["a", 1]) }
        #expect(throws: JSONPathError.self) { try editor.set(1, at: ["a", "b"]) }
        #expect(throws: JSONPathError.self) { try editor.insert(1, key: "a", into: []) }
        #expect(throws: JSONPathError.self) { try editor.insert(1, into: ["a"], at: .at(2)) }
        #expect(throws: JSONPathError.self) { try editor.remove(at: ["b"]) }
        #expect(throws: JSONPathError.self) { try editor.remove(at: []) }
        #expect(String(decoding: editor.bytes, as: UTF8.self) == #"{"a":[1]}"#)
        #expect(throws: JSONError.self) { try JSONEditor("{".utf8) }
    }
}
