import Foundation
import RunPodSimulator

extension SimulatorDescription {
    /// What answers at RunPod's base address, where that is a simulator on this machine. Other hosts are never asked: RunPod is none.
    static func ask(base: String) async -> SimulatorDescription? {
        guard let url = URL(string: base), let host = url.host(), ["127.0.0.1", "localhost", "::1"].contains(host),
            let scheme = url.scheme
        else { return nil }
        let name = host.contains(":") ? "[\(host)]" : host
        return await SimulatorFinder.describe("\(scheme)://\(name)\(url.port.map { ":\($0)" } ?? "")")
    }
}
