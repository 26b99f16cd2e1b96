/// What was found at one image's address.
public enum ImageReading: Hashable, Sendable {
    case present(ImageFacts)
    /// Nothing lies there.
    case missing
    /// It lies there and cannot be trained on; the sentence says why.
    case broken(String)
    /// It may not be read: the sentence is the store's own.
    case forbidden(String)
    /// It could not be looked at for now.
    case unreachable(String)
}

/// An image as it lies in the store; what is not known is nil.
public struct ImageFacts: Hashable, Sendable {
    /// Nil where it is invented, as a simulator's is.
    public var sizeBytes: Int?
    /// Without quotes, as given. Two objects with one tag and one size hold the same bytes.
    public var etag: String?
    /// What its first bytes say that it is.
    public var format: ImageFormat?
    /// Pixels.
    public var width: Int?
    public var height: Int?

    public init(sizeBytes: Int?, etag: String? = nil, format: ImageFormat? = nil, width: Int? = nil, height: Int? = nil) {
        self.sizeBytes = sizeBytes
        self.etag = etag
        self.format = format
        self.width = width
        self.height = height
    }
}

/// The formats that the trainer takes (`IMAGE_EXTENSIONS` of its `train_util.py`), and one for the rest.
public enum ImageFormat: String, Hashable, Sendable {
    case png, jpeg, webp, bmp
    /// No image that is known here.
    case other

    /// By a file name's ending, as the trainer tells; nil where it would pass the file over.
    public init?(fileName: String) {
        // The trainer lists each ending in small letters and in capitals, and nothing in between.
        guard let dot = fileName.lastIndex(of: ".") else { return nil }
        let ending = String(fileName[fileName.index(after: dot)...])
        guard ending == ending.lowercased() || ending == ending.uppercased() else { return nil }
        switch ending.lowercased() {
        case "png": self = .png
        case "jpg", "jpeg": self = .jpeg
        case "webp": self = .webp
        case "bmp": self = .bmp
        default: return nil
        }
    }

    /// By a file's first bytes; 12 are enough.
    public init(firstBytes bytes: [UInt8]) {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.count >= 12, bytes.starts(with: Array("RIFF".utf8)), bytes[8..<12].elementsEqual("WEBP".utf8) {
            self = .webp
        } else if bytes.starts(with: Array("BM".utf8)) {
            self = .bmp
        } else {
            self = .other
        }
    }
}
