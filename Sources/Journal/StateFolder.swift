public import TrainingPorts

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The folder of our own files: journal, lock, keys, log. Nobody else may look into it.
public enum StateFolder {
    /// Makes the folder where it is missing and takes away what others may do in it (mode 0700).
    /// - Throws: `PortError(.notWritable)` where it cannot be made or is not ours, `.notSupported` on a network file system or in a
    ///   folder that is synced between machines: locks do not hold there, and a half-copied journal is a broken one.
    public static func prepare(at path: String) throws(PortError) {
        if let service = syncService(of: path) {
            throw PortError(
                .notSupported,
                "\(path) is kept in sync by \(service); the journal would break there. Choose another folder with --state-dir")
        }
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += (made.isEmpty || made == "/" ? "" : "/") + part
            guard mkdir(made, 0o700) != 0, errno != EEXIST, errno != EISDIR else { continue }
            throw PrivateFile.fault("make the state folder", made)
        }
        var info = stat()
        guard stat(path, &info) == 0 else { throw PrivateFile.fault("read the state folder", path) }
        guard info.st_mode & S_IFMT == S_IFDIR else {
            throw PortError(.notWritable, "\(path) is not a folder; choose another with --state-dir")
        }
        guard info.st_uid == geteuid() else {
            throw PortError(.notWritable, "the state folder \(path) belongs to somebody else; choose another with --state-dir")
        }
        if info.st_mode & 0o077 != 0, chmod(path, 0o700) != 0 { throw PrivateFile.fault("close to others", path) }
        if let kind = FileSystemKind.network(at: path) {
            throw PortError(
                .notSupported, "\(path) is on \(kind), where locks do not hold; choose a folder on a local disk with --state-dir")
        }
    }

    /// The service that keeps a folder the same on several machines, told by the names in its path.
    static func syncService(of path: String) -> String? {
        for part in path.split(separator: "/") {
            switch part {
            case "Dropbox": return "Dropbox"
            case "OneDrive": return "OneDrive"
            case "Google Drive", "GoogleDrive": return "Google Drive"
            case "Mobile Documents", "com~apple~CloudDocs": return "iCloud"
            case "Nextcloud": return "Nextcloud"
            default: if part.hasPrefix("OneDrive - ") || part.hasPrefix("Dropbox (") { return String(part) }
            }
        }
        return nil
    }
}
