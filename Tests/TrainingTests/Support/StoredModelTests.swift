import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@Suite struct StoredModelTests {
    @Test("a model of another rank or of other steps is not what was ordered; one that says nothing is not judged")
    func contradiction() {
        let ordered = TrainingParameters.preset(images: 20, triggerToken: "token")
        func fault(_ metadata: [String: String]) -> String? {
            StoredModel(
                location: S3Location(bucket: "b", key: "k"), sizeBytes: 1, etag: "", lastModified: .sample, metadata: metadata
            ).contradiction(to: ordered)
        }
        #expect(fault([:]) == nil && fault(["ss_network_dim": "None"]) == nil)
        #expect(fault(["ss_network_dim": "\(ordered.networkDim)", "ss_steps": "\(ordered.maxTrainSteps)"]) == nil)
        #expect(fault(["ss_network_dim": "4"]) == "its rank is 4, and \(ordered.networkDim) was ordered")
        #expect(fault(["ss_steps": "7"]) == "it was trained for 7 steps, and \(ordered.maxTrainSteps) were ordered")
    }
}
