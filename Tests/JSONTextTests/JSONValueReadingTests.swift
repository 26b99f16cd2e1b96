import ChanceTestSupport
import JSONText
import Testing

@Suite("Reading JSON")
struct JSONValueReadingTests {
    @Test(
        "what RFC 8259 allows is read",
        arguments: [
            ("null", JSONValue.null), (" \t\r\n true ", true), ("0", .number("0")), ("-0", .number("-0")),
            ("1.0", .number("1.0")), ("1e-4", .number("1e-4")), ("1E+2", .number("1E+2")), ("[]", []), ("{}", [:]),
            ("[1 , 2]", [1, 2]), (#"{"a" : {"b":[null]}}"#, ["a": ["b": [nil]]]),
            (#""\/\b\f\n\r\t\"\\""#, "/\u{8}\u{C}\n\r\t\"\\"),
            (#""\u00e9\u6F22""#, "é漢"), (#""\ud83c\udfad""#, "🎭"), (#""""#, ""), ("\u{FEFF}[1]", [1]),
        ] as [(String, JSONValue)])
    func valid(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test(
        "what RFC 8259 forbids is refused where it stands",
        arguments: [
            ("", 0), ("[", 1), ("]", 0), ("[1,]", 3), ("[1 2]", 3), ("{\"a\"}", 4), ("{a:1}", 1), ("{\"a\":1,}", 7), ("01", 1),
            ("-", 1), ("1.", 2), (".5", 0), ("+1", 0), ("1e", 2), ("0x10", 1), ("NaN", 0), ("Infinity", 0), ("tru", 3),
            ("nul ", 3),
            ("'a'", 0), ("\"a", 2), ("\"\\x\"", 3), ("\"\\u12g4\"", 5), ("\"a\nb\"", 3), ("\"\u{1}\"", 2), ("1 1", 2),
            ("// a\n1", 0), ("[1}", 2), ("{\"a\":1]", 6), ("\u{A0}1", 0),
        ] as [(String, Int)])
    func invalid(text: String, offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
        #expect(error?.offset == offset, "\(text): \(error?.reason ?? "")")
    }

    @Test("a doubled key is refused, for other readers would take the other one")
    func doubledKeys() {
        #expect(throws: JSONError.self) { try JSONValue(parsing: #"{"id":1,"a":2,"id":3}"#) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: #"{"é":1,"\u00e9":2}"#) }
    }

    @Test("a composed and a decomposed accent are two keys")
    func canonicallyEqualKeys() throws {
        let value = try JSONValue(parsing: #"{"\u00e9":1,"e\u0301":2}"#)
        #expect(value["\u{E9}"] == 1)
        #expect(value["e\u{301}"] == 2)
    }

    @Test(
        "a lone half of a surrogate pair becomes the replacement character",
        arguments: [#""\ud83c""#, #""\udfad""#, #""\ud83cx""#])
    func loneSurrogates(text: String) throws {
        #expect(try JSONValue(parsing: text).string?.unicodeScalars.first == "\u{FFFD}")
    }

    @Test("a lone high half does not swallow the escape behind it")
    func surrogateBeforeEscape() throws {
        #expect(try JSONValue(parsing: #""\ud83c\u0041""#) == "\u{FFFD}A")
    }

    @Test("bytes that are not UTF-8 are refused", arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0xAF]] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22] + bytes + [0x22]) }
    }

    @Test("nesting is allowed to the limit and refused beyond it, however deep it goes")
    func depth() throws {
        let deep = { (levels: Int) in String(repeating: "[", count: levels) + String(repeating: "]", count: levels) }
        #expect(try JSONValue(parsing: deep(65)).array != nil)
        #expect(throws: JSONError.self) { try JSONValue(parsing: deep(66)) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: String(repeating: "[", count: 200_000)) }
    }

    @Test("a whole number is one in any form that has no fraction")
    func wholeNumbers() {
        #expect(JSONValue.number("3").int == 3)
        #expect(JSONValue.number("3.0").int == 3)
        #expect(JSONValue.number("3e2").int == 300)
        #expect(JSONValue.number("3.5").int == nil)
        #expect(JSONValue.string("3").int == nil)
        #expect(JSONValue.number("1e99").int == nil)
        #expect(JSONValue.number("9007199254740993").int == 9_007_199_254_740_993)
    }

    @Test("bytes by chance never trap, whatever is made of them", arguments: 0..<200 as Range<UInt64>)
    func fuzz(seed: UInt64) throws {
        var chance = SplitMix64(seed: seed)
        var bytes = Array(JSONValue.random(depth: 4, using: &chance).text(indent: 2).utf8)
        for _ in 0..<Int.random(in: 1...4, using: &chance) where !bytes.isEmpty {
            let place = Int.random(in: bytes.indices, using: &chance)
            switch Int.random(in: 0..<3, using: &chance) {
            case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &chance)
            case 1: bytes.remove(at: place)
            default: bytes.insert(UInt8.random(in: .min ... .max, using: &chance), at: place)
            }
        }
        do throws(JSONError) {
            let value = try JSONValue(parsing: bytes)
            let again = try JSONValue(parsing: value.text())
            #expect(again == value)
        } catch {
            #expect((0...bytes.count).contains(error.offset))
        }
    }
}
