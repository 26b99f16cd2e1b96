import Foundation
import Journal

/// A second program that needs the folder: only its owner may open the journal (a reader would lock the writer out), so the second one
/// is told who that is and what can be done.
extension StateAccess {
    private static func addressFile(_ folder: String) -> String { folder + "/server.address" }

    /// Leaves word for others where the embedded server listens; nil takes it away.
    func publish(address: String?) {
        guard let address else {
            try? FileManager.default.removeItem(atPath: StateAccess.addressFile(folder))
            return
        }
        // With the process number, so that what a killed owner left behind is not taken for the next one's.
        try? "\(getpid())\n\(address)\n".write(toFile: StateAccess.addressFile(folder), atomically: true, encoding: .utf8)
    }

    private static func address(of owner: StateFolderOwner, in folder: String) -> String? {
        let lines = (try? String(contentsOfFile: addressFile(folder), encoding: .utf8))?.split(separator: "\n") ?? []
        return lines.count == 2 && lines[0] == "\(owner.pid)" ? String(lines[1]) : nil
    }

    static func refusal(by owner: StateFolderOwner, of folder: String, to command: String) -> String {
        let way =
            switch owner.command {
            case "dashboard": command == "dashboard" ? "look there, or end it with q" : "use its keys, or end it with q"
            case "train": "wait until it has ended, or interrupt it with Ctrl-C"
            case "serve", "events": "end it with Ctrl-C"
            default: "it ends by itself in a moment"
            }
        var lines = [
            "“\(owner.command)” (pid \(owner.pid), since \(owner.started)) has \(folder), and only one program may: \(way)."
        ]
        if owner.isStopped {
            lines.append("It is stopped: continue it with “fg” in its terminal or with “kill -CONT \(owner.pid)”.")
        }
        if ["actors", "train"].contains(command), let address = address(of: owner, in: folder) {
            lines.append("Or talk to it: “\(command) --server \(address)”.")
        }
        lines.append("Another --state-dir keeps trainings apart from these.")
        return lines.joined(separator: "\n")
    }
}
