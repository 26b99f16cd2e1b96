import JSONText
import Testing
import Training
import TrainingTestSupport

@Suite("Customising the workflow")
struct WorkflowTests {
    private let parameters = TrainingParameters.preset(images: 20, triggerToken: "0019_european_20_female")

    private func template(_ change: (inout JSONValue) -> Void = { _ in }) throws -> Workflow {
        var json = Workflow.sampleJSON
        change(&json)
        return try Workflow(json: json)
    }

    /// Every input that differs, as `NODE.input`.
    private func differences(_ left: JSONValue, _ right: JSONValue) -> [String: JSONValue] {
        var found: [String: JSONValue] = [:]
        for node in right.object?.members ?? [] {
            for input in node.value["inputs"]?.object?.members ?? [] where left[node.key]?["inputs"]?[input.key] != input.value {
                found["\(node.key).\(input.key)"] = input.value
            }
        }
        return found
    }

    @Test("sets exactly the inputs of the five places, with the table's values")
    func allPlaces() throws {
        let workflow = try template().customised(with: parameters)
        #expect(
            differences(Workflow.sampleJSON, workflow.json) == [
                "4.steps": 2000, "107.max_train_steps": 2000, "95.optimizer_type": "adamw8bit", "95.lr_scheduler": "cosine",
                "95.lr_warmup_steps": 400, "107.network_dim": 16, "107.network_alpha": 8, "107.learning_rate": .number("0.00025"),
                "107.gradient_dtype": "bf16", "107.save_dtype": "bf16", "109.batch_size": 1,
                "109.class_tokens": "0019_european_20_female",
                "109.num_repeats": 2,
                "146.string": "a portrait of 0019_european_20_female | 0019_european_20_female in the rain",
            ])
    }

    @Test("leaves every other byte as it was: order of nodes and inputs, number text, and no new key")
    func restStays() throws {
        let before = try template().json
        let after = try template().customised(with: parameters).json
        #expect(after.object?.keys == before.object?.keys)
        for node in before.object?.members ?? [] {
            #expect(after[node.key]?.object?.keys == node.value.object?.keys)
            #expect(after[node.key]?["inputs"]?.object?.keys == node.value["inputs"]?.object?.keys)
        }
        #expect(after["95"]?["inputs"]?["max_grad_norm"] == .number("1.0"))
        #expect(after.text().contains(#""max_grad_norm":1.0"#))
    }

    @Test("what was customised is read back in full, whatever was presumed")
    func readBack() throws {
        let other = TrainingParameters(
            learningRate: 1, maxTrainSteps: 1, networkDim: 2, networkAlpha: 1, classTokens: "x", batchSize: 9, numRepeats: 9,
            lrScheduler: "constant", lrWarmupSteps: 0, optimizerType: "prodigy", gradientDtype: "fp16", saveDtype: "fp16")
        #expect(try template().customised(with: parameters).parameters(presuming: other) == parameters)
    }

    @Test("loops that follow one another add up; what two nodes say differently, or another node gives, is not taken")
    func readingOthers() throws {
        let workflow = try template { json in
            json["4"]?["inputs"]?["steps"] = 300
            json["904"] = ["class_type": "FluxTrainLoop", "inputs": ["steps": 700]]
            json["907"] = ["class_type": "InitFluxLoRATraining", "inputs": ["network_dim": 3]]
            json["109"]?["inputs"]?["num_repeats"] = ["7", 0]
        }
        let read = workflow.parameters(presuming: parameters)
        #expect(read.maxTrainSteps == 1000)
        #expect(read.networkDim == parameters.networkDim)
        #expect(read.numRepeats == parameters.numRepeats)
    }

    @Test("finds nodes by class, whatever their numbers are")
    func renumbered() throws {
        var json: JSONValue = [:]
        for (index, node) in (Workflow.sampleJSON.object?.members ?? []).reversed().enumerated() {
            json["9\(index)"] = node.value
        }
        let workflow = try Workflow(json: json).customised(with: parameters)
        let steps = workflow.json.object?.members.first { $0.value["class_type"] == "FluxTrainLoop" }
        #expect(steps?.value["inputs"]?["steps"] == 2000)
    }

    @Test(
        "is refused with the name of the node that is missing",
        arguments: [
            ("4", "FluxTrainLoop"), ("95", "OptimizerConfig"), ("107", "InitFluxLoRATraining"), ("109", "TrainDatasetAdd"),
            ("146", "StringConstantMultiline"),
        ])
    func missingNode(number: String, name: String) throws {
        let workflow = try template { $0[number] = nil }
        #expect(throws: WorkflowFault.nodeMissing(name)) { try workflow.customised(with: parameters) }
        #expect(WorkflowFault.nodeMissing(name).description.contains(name))
    }

    @Test(
        "is refused with the numbers of nodes that are doubled",
        arguments: [
            ("4", "FluxTrainLoop"), ("95", "OptimizerConfig"), ("107", "InitFluxLoRATraining"), ("109", "TrainDatasetAdd"),
            ("146", "StringConstantMultiline"),
        ])
    func doubledNode(number: String, name: String) throws {
        let workflow = try template { $0["200"] = $0[number] }
        #expect(throws: WorkflowFault.nodeDoubled(name, [number, "200"])) { try workflow.customised(with: parameters) }
    }

    @Test(
        "is refused where an input is not there or comes from another node",
        arguments: [
            ("4", "FluxTrainLoop", "steps"), ("95", "OptimizerConfig", "optimizer_type"),
            ("95", "OptimizerConfig", "lr_scheduler"),
            ("95", "OptimizerConfig", "lr_warmup_steps"), ("107", "InitFluxLoRATraining", "network_dim"),
            ("107", "InitFluxLoRATraining", "network_alpha"),
            ("107", "InitFluxLoRATraining", "learning_rate"), ("107", "InitFluxLoRATraining", "max_train_steps"),
            ("107", "InitFluxLoRATraining", "gradient_dtype"), ("107", "InitFluxLoRATraining", "save_dtype"),
            ("109", "TrainDatasetAdd", "batch_size"),
            ("109", "TrainDatasetAdd", "class_tokens"), ("109", "TrainDatasetAdd", "num_repeats"),
        ])
    func inputs(number: String, name: String, input: String) throws {
        let without = try template { $0[number]?["inputs"]?[input] = nil }
        #expect(throws: WorkflowFault.inputMissing(name, input)) { try without.customised(with: parameters) }
        let linked = try template { $0[number]?["inputs"]?[input] = ["2", 0] }
        #expect(throws: WorkflowFault.inputLinked(name, input)) { try linked.customised(with: parameters) }
    }

    @Test("is refused where no prompt has the placeholder, and passes over texts of other ends")
    func placeholder() throws {
        let without = try template { $0["146"]?["inputs"]?["string"] = "a portrait" }
        #expect(throws: WorkflowFault.placeholderMissing) { try without.customised(with: parameters) }
        let withNote = try template { $0["200"] = ["inputs": ["string": "a note"], "class_type": "StringConstantMultiline"] }
        #expect(try withNote.customised(with: parameters).json["200"]?["inputs"]?["string"] == "a note")
    }

    @Test(
        "is refused where it is no workflow in API form",
        arguments: [
            "[]", "{}", "\"x\"", #"{"nodes":[],"links":[]}"#, #"{"4":{"class_type":"FluxTrainLoop"}}"#, #"{"4":{"inputs":{}}}"#,
        ])
    func notAWorkflow(text: String) throws {
        let json = try JSONValue(parsing: text)
        #expect(throws: WorkflowFault.notAWorkflow) { try Workflow(json: json) }
    }
}
