import Testing
import TrainingPorts

@Suite struct SecretTests {
    struct Holder {
        let key: Secret
        let list: [Secret]
    }

    @Test("printing, interpolating, dumping and mirroring a secret shows nothing of it")
    func shows() {
        let secret = Secret("rp_ABCDEF")
        var dumped = ""
        dump(Holder(key: secret, list: [secret]), to: &dumped)
        let texts = [
            "\(secret)", String(reflecting: secret), String(describing: Optional(secret)),
            "\(Holder(key: secret, list: [secret]))", dumped,
        ]
        for text in texts { #expect(!text.contains("ABCDEF")) }
        #expect(Mirror(reflecting: secret).children.isEmpty)
        #expect(!(secret is any Encodable))
        #expect(secret.revealed() == "rp_ABCDEF")
    }

    @Test("a secret is taken out of a text that repeats it")
    func hiding() {
        #expect(Secret("s3cret").hidden(in: "a s3cret b s3cret") == "a ••• b •••")
        #expect(Secret("").hidden(in: "abc") == "abc")
    }
}
