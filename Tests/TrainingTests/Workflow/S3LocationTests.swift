import Testing
import Training

@Suite("Addresses on S3")
struct S3LocationTests {
    @Test(
        "every form is read as bucket and key",
        arguments: [
            "s3://bucket-1/a/k.jpg", "https://bucket-1.s3.amazonaws.com/a/k.jpg",
            "https://bucket-1.s3.us-west-1.amazonaws.com/a/k.jpg",
            "https://bucket-1.s3-us-west-1.amazonaws.com/a/k.jpg", "https://s3.us-west-1.amazonaws.com/bucket-1/a/k.jpg",
            "https://s3-us-west-1.amazonaws.com/bucket-1/a/k.jpg", "https://s3.amazonaws.com/bucket-1/a/k.jpg",
            "https://bucket-1.s3-accelerate.amazonaws.com/a/k.jpg",
            "https://bucket-1.s3-accelerate.dualstack.amazonaws.com/a/k.jpg",
            "https://bucket-1.s3.dualstack.us-west-1.amazonaws.com/a/k.jpg",
            "https://s3.dualstack.us-west-1.amazonaws.com/bucket-1/a/k.jpg",
            "https://bucket-1.s3.cn-north-1.amazonaws.com.cn/a/k.jpg", "https://s3.cn-north-1.amazonaws.com.cn/bucket-1/a/k.jpg",
            // Not served by S3, and what real workers report.
            "https://s3-accelerate.amazonaws.com/bucket-1/a/k.jpg", "http://bucket-1.s3.amazonaws.com/a/k.jpg",
            "HTTPS://BUCKET-1.S3.AMAZONAWS.COM/a/k.jpg", "https://bucket-1.s3.amazonaws.com:443/a/k.jpg",
            "https://bucket-1.s3.us-gov-west-1.amazonaws.com/a/k.jpg",
        ])
    func forms(address: String) {
        #expect(S3Location(parsing: address) == S3Location(bucket: "bucket-1", key: "a/k.jpg"))
    }

    @Test(
        "the key's bytes are kept",
        arguments: [
            (
                "https://b-1.s3.amazonaws.com/user%20a/mod%C3%A8ls/actor%2B1%20%28v7%29%21%2A%27~%C3%A9.safetensors",
                "user a/modèls/actor+1 (v7)!*'~é.safetensors"
            ),
            ("https://b-1.s3.amazonaws.com/a+b.jpg", "a+b.jpg"), ("https://b-1.s3.amazonaws.com//lead//double", "/lead//double"),
            ("https://s3.amazonaws.com/b-1//lead//double", "/lead//double"),
            ("https://b-1.s3.amazonaws.com/a/../b/./c", "a/../b/./c"),
            ("s3://b-1/100%25 sure?.jpg#1", "100%25 sure?.jpg#1"), ("https://b-1.s3.amazonaws.com/a%2Fb", "a/b"),
            ("https://b-1.s3.amazonaws.com/k%3Fx%23y", "k?x#y"),
        ])
    func keys(address: String, key: String) {
        #expect(S3Location(parsing: address) == S3Location(bucket: "b-1", key: key))
    }

    @Test("a bucket with dots is read in both styles, one with capitals in path style")
    func buckets() {
        #expect(S3Location(parsing: "https://my.own.bucket.s3.eu-west-1.amazonaws.com/k")?.bucket == "my.own.bucket")
        #expect(S3Location(parsing: "https://s3.amazonaws.com/my.own.bucket/k")?.bucket == "my.own.bucket")
        #expect(S3Location(parsing: "https://s3.amazonaws.com/Old_Bucket/k")?.bucket == "Old_Bucket")
    }

    @Test("a presigned address loses its secret, and versionId and fragment go with it")
    func presigned() {
        let address = "https://b-1.s3.amazonaws.com/k.jpg?X-Amz-Signature=abc&versionId=7#part"
        #expect(S3Location(parsing: address)?.description == "s3://b-1/k.jpg")
        #expect(S3Location(parsing: "https://s3.amazonaws.com/b-1/k.jpg?a/b=c")?.description == "s3://b-1/k.jpg")
    }

    @Test(
        "what is not understood is refused and never passed on",
        arguments: [
            "", "k.jpg", "/b-1/k.jpg", "s3://", "s3://b-1", "s3://b-1/", "s3:///k", "S3://b-1/k", "ftp://b-1.s3.amazonaws.com/k",
            "https://b-1.s3.amazonaws.com", "https://b-1.s3.amazonaws.com/", "https://s3.amazonaws.com/b-1",
            "https://s3.amazonaws.com/b-1/",
            "https://example.org/b-1/k", "https://s3.amazonaws.com.example.org/b-1/k", "https://evilamazonaws.com/b-1/k",
            "https://amazonaws.com/b-1/k", "https://ec2.amazonaws.com/b-1/k", "https://b-1.sqs.us-west-1.amazonaws.com/k",
            "https://user@b-1.s3.amazonaws.com/k", "https://b-1.s3.amazonaws.com:80@example.org/k",
            "https://b-1.s3.amazonaws.com:x/k",
            "https://b-1.s3.amazonaws.com@example.org/k", "https://b-1.s3-website-us-east-1.amazonaws.com/k",
            "https://s3.amazonaws.com/../k",
            "https://s3.amazonaws.com/b 1/k", "https://b-1.s3.amazonaws.com/%zz", "https://b-1.s3.amazonaws.com/%2",
            "https://b-1.s3.amazonaws.com/%ff",
            "https://storage.googleapis.com/b-1/k", "https://b-1.nyc3.digitaloceanspaces.com/k", "file:///etc/passwd",
            "https://127.0.0.1/b-1/k",
            "s3://b\u{0}1/k", "https://b-1.s3.a.b.c.amazonaws.com/k", "https://.s3.amazonaws.com/k",
        ])
    func refused(address: String) {
        #expect(S3Location(parsing: address) == nil)
    }

    @Test("is written in the forms that others take")
    func writing() {
        let location = S3Location(bucket: "b-1", key: "user a/modèl+1.safetensors")
        #expect("\(location)" == "s3://b-1/user a/modèl+1.safetensors")
        #expect(location.acceleratedAddress == "https://b-1.s3-accelerate.amazonaws.com/user%20a/mod%C3%A8l%2B1.safetensors")
        #expect(
            location.regionalAddress(region: "us-west-1")
                == "https://b-1.s3.us-west-1.amazonaws.com/user%20a/mod%C3%A8l%2B1.safetensors")
        for address in ["\(location)", location.acceleratedAddress, location.regionalAddress(region: "us-west-1")] {
            #expect(S3Location(parsing: address) == location)
        }
    }
}
