import CNcurses
import Foundation
import TerminalUI
import Testing

@Suite("Our widths and the C library's")
struct WidthAgreementTests {
    /// A scalar that only one side knows is no disagreement: each Unicode version adds some, and Unicode 16 gave a few dozen
    /// existing symbols two columns. At run time the terminal shows a question mark for those.
    @Test("they agree for all scalars that both know")
    func agreement() throws {
        let before = setlocale(LC_CTYPE, nil).map { String(cString: $0) }
        let isSet = ["C.UTF-8", "en_US.UTF-8"].contains { (name: String) in setlocale(LC_CTYPE, name) != nil }
        defer { setlocale(LC_CTYPE, before) }
        try #require(isSet)
        var known = 0
        var different: [String] = []
        for value in UInt32(1)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value), let ours = TextWidth.tableWidth(of: scalar) else { continue }
            let theirs = Int(curses_columns(wchar_t(bitPattern: value)))
            guard theirs >= 0 else { continue }
            known += 1
            if theirs != ours { different.append("U+\(String(value, radix: 16)) \(ours) \(theirs)") }
        }
        #expect(known > 250_000)
        #expect(different.count <= tolerated, "\(different.prefix(40))")
    }

    /// None with the library that the table was made from; other libraries (Darwin's, newer glibc's) differ in some symbols.
    private var tolerated: Int {
        #if canImport(Glibc)
            var version = [CChar](repeating: 0, count: 64)
            confstr(CInt(_CS_GNU_LIBC_VERSION), &version, version.count)
            return version.starts(with: "glibc 2.36".utf8.map { CChar($0) }) ? 0 : 200
        #else
            return 6000
        #endif
    }
}
