/// The mounted file systems, as Linux lists them in `/proc/self/mounts`.
struct MountTable {
    private let mounts: [(point: String, type: Substring)]

    init(text: String) {
        mounts = text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count >= 3 else { return nil }
            // The kernel writes blanks in a mount point as octal.
            return (
                String(fields[1]).split(separator: "\\040", omittingEmptySubsequences: false).joined(separator: " "), fields[2]
            )
        }
    }

    /// The network file system that an absolute path without links lies on; nil where it is none.
    func network(at path: String) -> String? {
        let holders = mounts.filter { $0.point == "/" || path == $0.point || path.hasPrefix($0.point + "/") }
        // Of two mounts at one point the later hides the earlier.
        guard let type = holders.reversed().max(by: { $0.point.utf8.count < $1.point.utf8.count })?.type else { return nil }
        return switch type {
        case "nfs", "nfs4": "NFS"
        case "cifs", "smb3", "smbfs": "SMB"
        case "9p", "afs", "ceph", "fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.davfs", "davfs": String(type)
        default: nil
        }
    }
}
