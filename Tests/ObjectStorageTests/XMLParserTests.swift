import Testing

@testable import ObjectStorage

@Suite struct XMLParserTests {
    func parse(_ text: String) throws -> XMLElement { try XMLParser.parse(Array(text.utf8)) }

    @Test("elements, entities, character data, comments and attributes are read")
    func reading() throws {
        let root = try parse(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- a list -->
            <List xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
              <Key a='1>2'>a&amp;b &#233;&#x1F3AD;<![CDATA[<raw>]]></Key><Key/><!-- none --><Key></Key>
              <Sub ><Name>x</Name></Sub >
            </List>
            """)
        #expect(root.name == "List")
        #expect(root.all("Key").map(\.text) == ["a&b é🎭<raw>", "", ""])
        #expect(root["Sub"]?["Name"]?.text == "x")
    }

    @Test(
        "what is no document is refused with its place",
        arguments: [
            "", "text", "<a>", "<a></b>", "<a><b></a></b>", "<a/><b/>", "<a>&unknown;</a>", "<a b></a>", "<a>&#xD800;</a>",
            "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "<a><!DOCTYPE b></a>", "<a", "<a>text", "<a x=1/>", "<a><!-- </a>",
        ])
    func refusing(_ text: String) {
        #expect(throws: XMLFault.self) { try parse(text) }
    }

    @Test("no nesting is deep enough to end the program")
    func depth() {
        #expect(throws: XMLFault.self) { try parse(String(repeating: "<a>", count: 100_000)) }
    }

    @Test("bytes that are no UTF-8 are refused")
    func encoding() {
        #expect(throws: XMLFault.self) { try XMLParser.parse(Array("<a>".utf8) + [0xFF] + Array("</a>".utf8)) }
    }
}
