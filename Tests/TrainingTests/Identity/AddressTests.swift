import Testing
import Training

@Suite("Addresses that are kept or shown")
struct AddressTests {
    @Test(
        "what a presigned address keeps secret is not in what is kept of it",
        arguments: [
            ("https://b.example/k.png?X-Amz-Signature=abc", "https://b.example/k.png"),
            ("https://b.example/k#abc", "https://b.example/k"),
            ("https://b.example/k#a?b", "https://b.example/k"), ("s3://b/k.png", "s3://b/k.png"), ("?abc", ""),
        ])
    func withoutQuery(address: String, kept: String) { #expect(address.withoutQuery == kept) }
}
