import Foundation
import Testing

@Suite("The demo's workflow template")
struct WorkflowTemplateTests {
    let nodes: [String: Cast.Object]

    init() throws {
        let file = try Cast().root.appending(path: "workflows/lora_training_workflow_headless.json")
        nodes = try #require(try Cast.json(file) as? [String: Cast.Object])
    }

    @Test("it has the classes of the deployed template, each once but the display node")
    func classes() {
        let classes = nodes.values.compactMap { $0["class_type"] as? String }.sorted()
        #expect(
            classes == [
                "Display Any (rgthree)", "Display Any (rgthree)", "FluxTrainEnd", "FluxTrainLoop", "FluxTrainModelSelect",
                "FluxTrainSave",
                "FluxTrainValidationSettings", "InitFluxLoRATraining", "OptimizerConfig", "SaveImage", "StringConstantMultiline",
                "TrainDatasetAdd", "TrainDatasetGeneralConfig", "VisualizeLoss",
            ]
        )
    }

    @Test("its node numbers are not those of the deployed template, so that nobody can address by number")
    func numbers() {
        let deployed: Set<String> = ["2", "4", "14", "37", "88", "95", "97", "98", "105", "107", "108", "109", "133", "146"]
        #expect(deployed.isDisjoint(with: nodes.keys))
    }

    @Test("what a training has to set differs from the parameter table, so that a value left in force shows")
    func valuesToReplace() throws {
        func inputs(_ type: String) throws -> Cast.Object {
            try #require(nodes.values.first { $0["class_type"] as? String == type }?["inputs"] as? Cast.Object)
        }
        #expect(try inputs("FluxTrainLoop")["steps"] as? Int == 1000)
        #expect(try inputs("OptimizerConfig")["lr_scheduler"] as? String == "constant")
        #expect(try inputs("OptimizerConfig")["lr_warmup_steps"] as? Int == 0)
        #expect(try inputs("InitFluxLoRATraining")["network_dim"] as? Int == 4)
        #expect(try inputs("InitFluxLoRATraining")["save_dtype"] as? String == "fp16")
        #expect(try inputs("TrainDatasetAdd")["batch_size"] as? Int == 2)
        #expect(try inputs("TrainDatasetAdd")["num_repeats"] as? Int == 4)
        #expect(try inputs("TrainDatasetAdd")["class_tokens"] as? String == "STYLE_TOKEN")
        #expect((try inputs("StringConstantMultiline")["string"] as? String)?.contains("STYLE_TOKEN") == true)
    }

    @Test("every link leads to a node that is there")
    func links() throws {
        for (number, node) in nodes {
            for case let link as [Any] in (node["inputs"] as? Cast.Object ?? [:]).values {
                let target = try #require(link.first as? String)
                #expect(nodes[target] != nil, "node \(number) links to \(target)")
            }
        }
    }
}
