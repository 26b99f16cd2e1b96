public import Training

/// What a check before paying reads from outside, besides what the other ports tell. Nothing throws and nothing is changed; what has no
/// back end, no key or no answer is `notChecked` with the reason.
public protocol PreflightReadings: Sendable {
    /// How RunPod's endpoint is set up.
    func limits() async -> Checked<EndpointCheck.Limits>
    /// The account's balance in US dollars.
    func balance() async -> Checked<Double>
    /// What lies at the addresses of the images.
    func images(_ locations: [S3Location]) async -> Checked<[S3Location: ImageReading]>
    /// How many of the images have a caption file beside them: the same key with the ending `.txt`.
    func captions(_ locations: [S3Location]) async -> Checked<Int>
}
