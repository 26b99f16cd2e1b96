import Testing

@testable import ObjectStorage

@Suite struct S3EndpointTests {
    @Test("each form of address is built as botocore builds it")
    func forms() {
        func address(_ endpoint: S3Endpoint?, _ bucket: String = "bucket", _ region: String = "us-west-1") -> String {
            guard let target = endpoint?.target(bucket: bucket, key: "k", region: region) else { return "none" }
            return "\(target.scheme)://\(target.host)\(target.path)"
        }
        #expect(address(S3Endpoint()) == "https://bucket.s3.us-west-1.amazonaws.com/k")
        #expect(address(S3Endpoint(addressing: .path)) == "https://s3.us-west-1.amazonaws.com/bucket/k")
        #expect(address(S3Endpoint(), "dotted.bucket") == "https://s3.us-west-1.amazonaws.com/dotted.bucket/k")
        #expect(address(S3Endpoint(), "Old_Bucket") == "https://s3.us-west-1.amazonaws.com/Old_Bucket/k")
        #expect(address(S3Endpoint(accelerates: true)) == "https://bucket.s3-accelerate.amazonaws.com/k")
        #expect(
            address(S3Endpoint(accelerates: true, dualStack: true)) == "https://bucket.s3-accelerate.dualstack.amazonaws.com/k")
        #expect(address(S3Endpoint(accelerates: true), "a.b.c") == "https://s3.us-west-1.amazonaws.com/a.b.c/k")
        #expect(address(S3Endpoint(dualStack: true)) == "https://bucket.s3.dualstack.us-west-1.amazonaws.com/k")
        #expect(address(S3Endpoint(), "bucket", "cn-north-1") == "https://bucket.s3.cn-north-1.amazonaws.com.cn/k")
        #expect(address(S3Endpoint(address: "http://127.0.0.1:9000/")) == "http://127.0.0.1:9000/bucket/k")
        #expect(address(S3Endpoint(address: "HTTPS://Minio.Example:443/s3/")) == "https://minio.example/s3/bucket/k")
        let virtual = S3Endpoint(address: "https://minio.example", addressing: .virtualHosted)
        #expect(
            address(virtual) == "https://bucket.minio.example/k" && address(virtual, "a.bb") == "https://minio.example/a.bb/k")
    }

    @Test(
        "what is no address of a server is refused",
        arguments: ["", "minio:9000", "ftp://minio", "https://user:word@minio", "https://minio?x", "https://", "s3://bucket/key"])
    func refused(_ text: String) {
        #expect(S3Endpoint(address: text) == nil)
    }
}
