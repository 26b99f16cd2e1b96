import TrainingPorts

/// Format and size of an image, read from its first bytes alone.
struct ImageHeader: Hashable, Sendable {
    enum Reading: Hashable, Sendable {
        case image(ImageHeader)
        /// It begins like an image, and its size stands further behind than was read.
        case needsMore
        case notAnImage
    }

    var format: StoredImage.Format
    var width: Int
    var height: Int

    static func read(_ bytes: [UInt8]) -> Reading {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return png(bytes) }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return jpeg(bytes) }
        if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) { return webp(bytes) }
        return .notAnImage
    }

    private static func sized(_ format: StoredImage.Format, _ width: Int, _ height: Int) -> Reading {
        width > 0 && height > 0 ? .image(ImageHeader(format: format, width: width, height: height)) : .notAnImage
    }

    /// The header chunk comes first and holds width and height, greatest byte first (W3C PNG, 11.2.1).
    private static func png(_ bytes: [UInt8]) -> Reading {
        guard bytes.count >= 24 else { return .needsMore }
        guard Array(bytes[12..<16]) == Array("IHDR".utf8) else { return .notAnImage }
        return sized(.png, bigEndian(bytes, 16, 4), bigEndian(bytes, 20, 4))
    }

    /// Segment after segment up to the frame header (SOF0 to SOF15 without DHT, JPG and DAC; ITU T.81, B.2.2).
    private static func jpeg(_ bytes: [UInt8]) -> Reading {
        var position = 2
        while position + 9 <= bytes.count {
            guard bytes[position] == 0xFF else { return .notAnImage }
            let marker = bytes[position + 1]
            if marker == 0xFF {
                position += 1
                continue
            }
            if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
                return sized(.jpeg, bigEndian(bytes, position + 7, 2), bigEndian(bytes, position + 5, 2))
            }
            let length = bigEndian(bytes, position + 2, 2)
            guard length >= 2, marker != 0xDA, marker != 0xD9 else { return .notAnImage }
            position += 2 + length
        }
        return .needsMore
    }

    /// Three kinds of first chunk (RFC 9649, 2.5 to 2.7): lossy, lossless, extended.
    private static func webp(_ bytes: [UInt8]) -> Reading {
        guard bytes.count >= 30 else { return .needsMore }
        switch String(decoding: bytes[12..<16], as: UTF8.self) {
        case "VP8 ":
            guard Array(bytes[23..<26]) == [0x9D, 0x01, 0x2A] else { return .notAnImage }
            return sized(.webp, littleEndian(bytes, 26, 2) & 0x3FFF, littleEndian(bytes, 28, 2) & 0x3FFF)
        case "VP8L":
            guard bytes[20] == 0x2F else { return .notAnImage }
            let bits = littleEndian(bytes, 21, 4)
            return sized(.webp, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        case "VP8X": return sized(.webp, littleEndian(bytes, 24, 3) + 1, littleEndian(bytes, 27, 3) + 1)
        default: return .notAnImage
        }
    }

    private static func bigEndian(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
        bytes[start..<start + count].reduce(0) { $0 << 8 | Int($1) }
    }

    private static func littleEndian(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
        bytes[start..<start + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
