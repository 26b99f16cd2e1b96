import Testing

@testable import HTTPServing

@Suite("The Date header")
struct DateHeaderTests {
    @Test(
        "a time is written as RFC 9110 has it",
        arguments: [(784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT")])
    func text(seconds: Int, text: String) {
        #expect(DateHeader.text(at: seconds) == text)
    }
}
