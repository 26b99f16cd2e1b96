import Foundation
import Testing
import Training
import TrainingPorts

@testable import ObjectStorage

@Suite struct ImageHeaderTests {
    static let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + [
            0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0,
        ]

    /// 640 by 480, after so many bytes of metadata in a segment of its own.
    static func jpeg(metadata: Int = 4) -> [UInt8] {
        let length = metadata + 2
        let segment: [UInt8] = [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + Array(repeating: 0, count: metadata)
        return [0xFF, 0xD8] + segment + [0xFF, 0xC2, 0, 17, 8, 0x01, 0xE0, 0x02, 0x80, 3, 1, 0x22, 0]
    }

    static func webp(_ kind: String, _ rest: [UInt8]) -> [UInt8] {
        Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBP\(kind)".utf8) + [10, 0, 0, 0] + rest + Array(repeating: 0, count: 16)
    }

    @Test("format and measures are read from the first bytes of each format")
    func reading() {
        func header(_ bytes: [UInt8]) -> ImageHeader.Reading { ImageHeader.read(bytes) }
        #expect(header(ImageHeaderTests.png) == .image(ImageHeader(format: .png, width: 3, height: 2)))
        #expect(header(ImageHeaderTests.jpeg()) == .image(ImageHeader(format: .jpeg, width: 640, height: 480)))
        let wide = ImageHeader.Reading.image(ImageHeader(format: .webp, width: 640, height: 480))
        #expect(header(ImageHeaderTests.webp("VP8 ", [0, 0, 0, 0x9D, 0x01, 0x2A, 0x80, 0x02, 0xE0, 0x01])) == wide)
        #expect(header(ImageHeaderTests.webp("VP8X", [0, 0, 0, 0, 0x7F, 0x02, 0, 0xDF, 0x01, 0])) == wide)
        #expect(header(ImageHeaderTests.webp("VP8L", [0x2F, 0x7F, 0xC2, 0x77, 0])) == wide)
    }

    @Test("what is cut off asks for more, and what is no image is none")
    func refusing() {
        #expect(ImageHeader.read(Array(ImageHeaderTests.png.prefix(20))) == .needsMore)
        #expect(ImageHeader.read(Array(ImageHeaderTests.jpeg(metadata: 500).prefix(300))) == .needsMore)
        for bytes in [[], Array("GIF89a".utf8), Array("<html>".utf8), [0xFF, 0xD8, 0xFF, 0xD9, 0, 0, 0, 0, 0, 0, 0, 0]] {
            #expect(ImageHeader.read(bytes) == .notAnImage)
        }
    }

    @Test("images in a folder are looked at like those on S3")
    func files() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "images-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder.appending(path: "bucket"), withIntermediateDirectories: true)
        for (name, bytes) in [("a.png", ImageHeaderTests.png), ("b.png", ImageHeaderTests.png), ("empty.png", [])] {
            try Data(bytes).write(to: folder.appending(path: "bucket/\(name)"))
        }
        let findings = await FileImageStore(folder: folder).inspect(
            all: ["a.png", "b.png", "empty.png", "none.png", "../a.png"].map { S3Location(bucket: "bucket", key: $0) }, atOnce: 1)
        guard case .present(let one) = findings[0], case .present(let two) = findings[1] else {
            Issue.record("two images should be there: \(findings)")
            return
        }
        #expect(one.etag == two.etag && one.width == 3 && one.sizeBytes == ImageHeaderTests.png.count)
        #expect(findings[2] == .broken("the file is empty") && findings[3] == .absent && findings[4] != .absent)
    }
}
