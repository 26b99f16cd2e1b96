public import Training

extension EndpointCheck.Health {
    public init(_ answer: HealthAnswer) {
        self =
            switch answer {
            case .known(let health): .known(health)
            case .refused(let words): .refused(words)
            case .notFound(let words): .notFound(words)
            case .failed(let words): .failed(words)
            case .notSupported:
                .notChecked("no key is set here and trainings go through the server; set RUNPOD_API_KEY to watch the endpoint")
            }
    }
}

extension RouteState {
    /// How the webhook's way stands, as a finding. A way that is down stops no training: polling finds every end.
    public var finding: Finding {
        switch self {
        case .up(let address, let detail): .ok("webhook", "\(address) leads to the webhook (\(detail))")
        case .down(let reason):
            .warning(
                "webhook", reason,
                remedy: "start the tunnel, or set ACTOR_TRAINER_PUBLIC_URL; without it trainings are found by polling alone")
        case .none(let reason): .note("webhook", reason)
        }
    }
}
