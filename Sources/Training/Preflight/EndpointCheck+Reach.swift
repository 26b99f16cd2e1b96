/// Whether RunPod can be asked at all: key, endpoint, network.
extension EndpointCheck {
    var reach: [Finding] {
        switch health {
        case .known: [.ok("runpod.key", "RunPod takes the key"), .ok("runpod.endpoint", "the endpoint \(endpoint) answers")]
        case .unset(let names):
            names.map { name in
                .error(
                    "runpod.\(name.hasSuffix("KEY") ? "key" : "endpoint")", "\(name) is not set",
                    remedy: EndpointCheck.source(of: name))
            }
        case .refused(let words):
            [
                .error(
                    "runpod.key", "RunPod refuses the key: \(words)",
                    remedy: "make a new key at runpod.io/console/user/settings and set it as RUNPOD_API_KEY")
            ]
        case .notFound(let words):
            [
                .error(
                    "runpod.endpoint", "RunPod has no endpoint \(endpoint) for this key: \(words)",
                    remedy: "copy its id from runpod.io/console/serverless into MODEL_TRAINING_RUNPOD_ENDPOINT_ID")
            ]
        case .failed(let words):
            [
                .error(
                    "runpod.reach", "RunPod cannot be asked: \(words)",
                    remedy: "check the network and RUNPOD_API_BASE, and try again")
            ]
        case .notChecked(let reason): [.skipped("runpod.key", "RunPod is not asked: \(reason)")]
        }
    }

    /// Where to get what is missing.
    private static func source(of name: String) -> String {
        name.hasSuffix("KEY")
            ? "make a key at runpod.io/console/user/settings and put \(name)=… into .env"
            : "copy the endpoint's id from runpod.io/console/serverless and put \(name)=… into .env"
    }
}
