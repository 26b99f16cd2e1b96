import ActorMakerClient
import Foundation
import SystemSurroundings
import Training
import TrainingPorts
import Tunnel
import WebhookListener

extension Doctor {
    /// Goes the way that RunPod would go, and looks whether it ends at our listener.
    struct Webhook {
        let doctor: Doctor
        let isSimulated: Bool
        let server: ServerConnection?

        func finding() async -> Finding {
            if isSimulated, doctor.settings.publicURL == nil {
                return .ok("webhook", "no tunnel is needed: the simulated RunPod is on this machine")
            }
            if let server, !isSimulated { return await ofServer(ServerTunnel(connection: server)) }
            let key: WebhookKey
            do {
                try StateFolderFiles.prepare(doctor.folder)
                key = try WebhookKey.load(orCreateAt: doctor.folder + "/webhook.key")
            } catch {
                return .error("webhook", error.message, remedy: "give yourself the right to write in \(doctor.folder)")
            }
            return await ofOurs(key)
        }

        /// The server's own tunnel; it is not started here, and no nonce of ours is answered behind it.
        private func ofServer(_ tunnel: ServerTunnel) async -> Finding {
            let status = await tunnel.status()
            guard status.running, let url = status.url else {
                return .note("webhook", "the server's ngrok is not running; it is started with the first training")
            }
            return .ok("webhook", "the server's ngrok leads to it from \(url); what is behind it is the server's")
        }

        private func ofOurs(_ key: WebhookKey) async -> Finding {
            let remembered = (try? String(contentsOfFile: doctor.folder + "/webhook.port", encoding: .utf8)).flatMap {
                Int($0.trimmingCharacters(in: .whitespacesAndNewlines))
            }
            // The program that has the trainings has the listener, too.
            guard doctor.access != nil else {
                guard let remembered else { return .skipped("webhook", "the port of the running program's webhook is not known") }
                return await route(to: remembered, key, starts: false)
            }
            let listener = WebhookListener(key: key, receiver: Deaf(), isKnown: { _ in false })
            let (ports, bound) = AsyncStream.makeStream(of: Int.self)
            let wished = doctor.options.webhookPort
            return await withTaskGroup(of: Finding?.self) { group in
                group.addTask {
                    defer { bound.finish() }
                    do {
                        try await listener.run(port: wished ?? remembered ?? 0) { bound.yield($0) }
                        return nil
                    } catch {
                        return .error("webhook", "\(error)", remedy: "choose another port with --webhook-port")
                    }
                }
                group.addTask {
                    for await port in ports { return await route(to: port, key, starts: true) }
                    return nil
                }
                defer { group.cancelAll() }
                for await finding in group { if let finding { return finding } }
                return .skipped("webhook", "the check was interrupted")
            }
        }

        private func route(to port: Int, _ key: WebhookKey, starts: Bool) async -> Finding {
            let way: TunnelWay
            do {
                way = try WebhookDoor.tunnelWay(doctor.settings)
            } catch {
                return .error("webhook", error.message, remedy: "set ACTOR_TRAINER_TUNNEL to one of these")
            }
            let route = TunnelRoute(way: way, port: port, random: SystemRandom()) {
                key.answer(toNonce: $0)
            }
            let state = await withTaskGroup(of: RouteState?.self) { group in
                if starts {
                    group.addTask {
                        await route.run()
                        return nil
                    }
                }
                group.addTask { await route.ensure() }
                defer { group.cancelAll() }
                for await state in group { if let state { return state } }
                return RouteState.none("the check was interrupted")
            }
            await route.shutdown()
            return state.finding
        }
    }

    /// Takes nothing: what comes in while the doctor looks is RunPod's to send again.
    private struct Deaf: WebhookReceiver {
        func receive(_ delivery: WebhookDelivery) async -> Bool { false }
    }
}
