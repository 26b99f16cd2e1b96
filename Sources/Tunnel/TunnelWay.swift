/// How RunPod shall reach our webhook listener.
public enum TunnelWay: Sendable {
    /// Not at all, with the reason; trainings run on polling alone.
    case none(String)
    /// By an address that leads here already: `ACTOR_TRAINER_PUBLIC_URL`.
    case fixed(String)
    /// By ngrok: an agent that has a tunnel to our port, else one that we start.
    case ngrok(NgrokSettings)
    /// By a quick tunnel of cloudflared: one that runs already, where its metrics address is known, else one that we start.
    case cloudflared(CloudflaredSettings)
}
