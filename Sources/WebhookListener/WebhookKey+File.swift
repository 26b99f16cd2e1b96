public import TrainingPorts

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension WebhookKey {
    /// The key of a state folder; made once, and the same ever after: addresses that RunPod has been given must stay good.
    /// - Parameter path: a file of 32 bytes that its owner alone may read.
    /// - Throws: `PortError(.corrupted)` for a file that is no key; it is left as it is. `.notWritable` where none can be made.
    public static func load(orCreateAt path: String) throws(PortError) -> WebhookKey {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else {
            guard errno == ENOENT else { throw fault("read", path) }
            return try create(at: path)
        }
        defer { close(file) }
        guard fchmod(file, 0o600) == 0 else { throw fault("close to others", path) }
        var bytes = [UInt8](repeating: 0, count: byteCount + 1)
        let count = read(file, &bytes, bytes.count)
        guard count >= 0 else { throw fault("read", path) }
        guard let key = WebhookKey(bytes: Array(bytes[..<count])) else {
            throw PortError(
                .corrupted,
                "\(path) is not a webhook key; it was left as it is. Move it away to make a new one: messages about trainings that run "
                    + "now will then not arrive, and polling tells their end")
        }
        return key
    }

    /// Writes it beside its place first: half a key must never be found there.
    private static func create(at path: String) throws(PortError) -> WebhookKey {
        let (key, bytes) = fresh()
        let draft = path + ".new"
        unlink(draft)
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw fault("make", path) }
        let isWhole = write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
        close(file)
        guard isWhole, rename(draft, path) == 0 else {
            let error = fault("make", path)
            unlink(draft)
            throw error
        }
        return key
    }

    private static func fault(_ verb: String, _ path: String) -> PortError {
        PortError(.notWritable, "cannot \(verb) the webhook key \(path): \(String(cString: strerror(errno)))")
    }
}
