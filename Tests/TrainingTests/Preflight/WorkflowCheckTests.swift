import JSONText
import Testing
import Training

@Suite("The workflow against its node classes' rules")
struct WorkflowCheckTests {
    private let parameters = TrainingParameters.preset(images: 20, triggerToken: "0019_european_20_female")

    private func customised(_ change: (inout JSONValue) -> Void = { _ in }) -> [Finding] {
        Workflow.check(template: WholeTemplate.changed(change), with: parameters)
    }

    /// Without an order's parameters written over it.
    private func asItIs(_ change: (inout JSONValue) -> Void) throws -> [Finding] {
        try Workflow(json: WholeTemplate.changed(change)).check()
    }

    @Test("a sound template has no finding")
    func sound() throws {
        #expect(customised().isEmpty)
        #expect(try asItIs { _ in }.isEmpty)
    }

    @Test(
        "a missing node is named with its remedy, and nothing else is",
        arguments: ["FluxTrainLoop", "OptimizerConfig", "TrainDatasetAdd"])
    func missingNode(name: String) throws {
        let found = customised { json in
            let id = json.object?.members.first { $0.value["class_type"]?.string == name }?.key
            if let id { json[id] = nil }
        }
        #expect(found.map(\.code) == ["workflow.node"])
        #expect(found[0].severity == .error && found[0].sentence.contains(name) && found[0].remedy?.contains(name) == true)
    }

    struct Broken: Sendable {
        var node: String
        var input: String
        var value: JSONValue?
        var code: String
        var word: String

        init(_ node: String, _ input: String, _ value: JSONValue?, _ code: String, _ word: String) {
            (self.node, self.input, self.value, self.code, self.word) = (node, input, value, code, word)
        }
    }

    static let broken: [Broken] = [
        Broken("2", "flip_aug", nil, "workflow.input-missing", "flip_aug"),
        Broken("6", "gradient_checkpoint1ng", "enabled", "workflow.input-unknown", "gradient_checkpoint1ng"),
        Broken("6", "Clip L lr", 0, "workflow.input-unknown", "Clip L lr"),
        Broken("6", "highvram", "false", "workflow.type", "highvram"),
        Broken("3", "width", .number("512.5"), "workflow.type", "512.5"),
        Broken("6", "network_dim", "16", "workflow.type", "network_dim"),
        Broken("6", "network_dim", 0, "workflow.range", "network_dim"),
        Broken("7", "steps", 10_001, "workflow.range", "10000"),
        Broken("6", "guidance_scale", .number("0.5"), "workflow.range", "guidance_scale"),
        Broken("6", "save_dtype", "int8", "workflow.choice", "int8"),
        Broken("6", "dataset", "data", "workflow.link", "dataset"),
        Broken("6", "dataset", ["33", 0], "workflow.link", "33"),
        Broken("6", "dataset", ["1", 0], "workflow.link", "TRAIN_FLUX_MODELS"),
        Broken("6", "dataset", ["3", 1], "workflow.link", "output 1"),
        Broken("6", "dataset", ["3"], "workflow.link", "dataset"),
        Broken("1", "vae", "", "workflow.type", "vae"),
        Broken("7", "steps", 900, "workflow.steps", "900"),
        Broken("7", "steps", 1100, "workflow.steps", "1100"),
        Broken("2", "color_aug", true, "workflow.gpu", "color_aug"),
        Broken("2", "shuffle_caption", true, "workflow.gpu", "shuffle_caption"),
        Broken("2", "caption_dropout_rate", .number("0.1"), "workflow.gpu", "caption_dropout_rate"),
        Broken("3", "min_bucket_reso", 768, "workflow.gpu", "min_bucket_reso"),
        Broken("3", "max_bucket_reso", 448, "workflow.gpu", "max_bucket_reso"),
        Broken("3", "height", 520, "workflow.gpu", "512 or 576"),
    ]

    @Test("one broken input is one error that names it and says what to do", arguments: broken)
    func one(_ broken: Broken) throws {
        let found = try asItIs { $0.set(broken.node, broken.input, broken.value) }
        #expect(found.map(\.code) == [broken.code])
        #expect(found.first?.severity == .error)
        let words = (found.first?.sentence ?? "") + " " + (found.first?.remedy ?? "")
        #expect(words.contains(broken.word), "\(words)")
        #expect(found.first?.remedy?.isEmpty == false)
    }

    @Test("a value off its step, a state nobody fetches and warm-up without an end are warnings")
    func warnings() throws {
        #expect(try asItIs { $0.set("3", "min_bucket_reso", 260) }.map(\.code) == ["workflow.step"])
        #expect(try asItIs { $0.set("9", "save_state", true) }.map(\.code) == ["workflow.state"])
        #expect(try asItIs { $0.set("4", "lr_warmup_steps", 1000) }.map(\.code) == ["workflow.warm-up"])
        #expect(try asItIs { $0.set("9", "save_state", true) }.allSatisfy { $0.severity == .warning })
    }

    @Test("swapped blocks do not go with offloaded checkpoints, and plain lora not with a network config")
    func trainer() throws {
        let swapped = try asItIs {
            $0.set("6", "blocks_to_swap", 8)
            $0.set("6", "gradient_checkpointing", "enabled_with_cpu_offloading")
        }
        #expect(swapped.map(\.code) == ["workflow.gpu"])
        let plain = try asItIs {
            $0["20"] = WholeTemplate.node(
                "TrainNetworkConfig",
                ["network_type": "lora", "lycoris_preset": "full", "factor": -1, "extra_network_args": ""])
            $0.set("6", "network_config", ["20", 0])
        }
        #expect(plain.errors.map(\.code) == ["workflow.gpu"])
        #expect(plain.errors[0].sentence.contains("TrainNetworkConfig (node 20)"))
    }

    @Test("the steps of several loops add up")
    func loops() throws {
        let found = try asItIs {
            $0.set("7", "steps", 400)
            $0["17"] = WholeTemplate.node("FluxTrainLoop", ["steps": 600, "network_trainer": ["7", 0]])
            $0.set("8", "network_trainer", ["17", 0])
        }
        #expect(found.isEmpty)
    }

    @Test("what no output node needs is said: settings in a note, a loop as an error")
    func unreached() throws {
        let settings = try asItIs {
            $0["30"] = WholeTemplate.node("FluxTrainResume", ["load_state_path": "", "skip_until_initial_step": false])
        }
        #expect(settings.map(\.severity) == [.note])
        let save = try asItIs { $0.set("9", "network_trainer", ["7", 0]) }
        #expect(save.map(\.severity) == [.warning] && save[0].sentence.contains("FluxTrainSave"))
        let loop = try asItIs { $0.set("8", "network_trainer", ["6", 0]) }
        #expect(loop.errors.contains { $0.code == "workflow.unreached" && $0.sentence.contains("FluxTrainLoop") })
        let end = try asItIs { $0["9"] = nil }
        #expect(end.errors.contains { $0.sentence.contains("FluxTrainLoop") })
        let none = try asItIs {
            $0["9"] = nil
            $0["5"] = nil
            $0.set("6", "sample_prompts", "x")
        }
        #expect(none.errors.map(\.code) == ["workflow.output"])
    }

    @Test("nodes of other packs are left alone, those of the editor are refused")
    func foreign() throws {
        let foreign = WholeTemplate.node("Display Any (rgthree)", ["output": "", "source": ["6", 1]])
        #expect(try asItIs { $0["40"] = foreign }.isEmpty)
        let note = WholeTemplate.node("Note", ["text": "hello"])
        #expect(try asItIs { $0["40"] = note }.map(\.code) == ["workflow.class"])
    }
}
