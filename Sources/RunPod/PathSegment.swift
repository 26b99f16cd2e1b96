/// A name as one segment of a URL's path: every byte but letters, digits, `-`, `_`, `~` and `.` is percent-encoded. RunPod's ids go
/// through it as they are; a name of dots only would be read as a folder, so its dots are encoded too.
enum PathSegment {
    static func encoded(_ name: String) -> String {
        let isDots = name.utf8.allSatisfy { $0 == UInt8(ascii: ".") }
        var result = ""
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "."): result += isDots ? "%2E" : "."
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                result += hex.count == 1 ? "%0\(hex)" : "%\(hex)"
            }
        }
        return result
    }
}
