import Testing

@testable import Training

@Suite("The table of node classes")
struct NodeClassTests {
    private static let schedule = [
        "max_grad_norm", "lr_scheduler", "lr_warmup_steps", "lr_scheduler_num_cycles", "lr_scheduler_power",
    ]
    private static let ending = ["min_snr_gamma", "extra_optimizer_args"]

    @Test(
        "has the optimizers' inputs as their pack declares them, in its order",
        arguments: [
            ("OptimizerConfig", ["optimizer_type"] + schedule + ending, 5),
            (
                "OptimizerConfigAdafactor",
                schedule + ["relative_step", "scale_parameter", "warmup_init", "clip_threshold"] + ending, 6
            ),
            ("OptimizerConfigProdigy", schedule + ["weight_decay", "decouple", "use_bias_correction"] + ending, 6),
            (
                "OptimizerConfigProdigyPlusScheduleFree",
                [
                    "lr", "max_grad_norm", "prodigy_steps", "d0", "d_coeff", "split_groups", "use_bias_correction",
                    "min_snr_gamma", "use_stableadamw", "use_cautious", "use_adopt", "use_grams", "stochastic_rounding",
                    "use_orthograd", "use_focus ", "extra_optimizer_args",
                ], 0
            ),
        ])
    func optimizers(name: String, inputs: [String], schedulers: Int) throws {
        let node = try #require(NodeClass.known[name])
        #expect(node.gives == ["ARGS"])
        #expect(node.inputs.map(\.name) == inputs && node.inputs.allSatisfy(\.isRequired))
        let choices = node.inputs.filter { $0.name == "lr_scheduler" }.map(\.kind)
        guard case .choice(let words)? = choices.first else {
            #expect(schedulers == 0)
            return
        }
        #expect(words.count == schedulers && words.contains("adafactor") == (schedulers == 6))
    }
}
