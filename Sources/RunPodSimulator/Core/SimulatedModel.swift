import JSONText
import ObjectStorage
import Training

/// The small valid model that a simulated training leaves: few tensors, with the metadata of the real trainer.
enum SimulatedModel {
    static let bucket = "demo-user-files"

    /// The same job gives the same bytes, so that a model can be written again after a crash.
    static func bytes(for request: SimulatedRequest, from start: Timestamp, to end: Timestamp, chance: SplitMix64) -> [UInt8] {
        var chance = chance
        let width = 96
        var tensors: [SafetensorsFile.Tensor] = []
        for module in ["double_blocks_0_img_attn_proj", "double_blocks_0_txt_attn_proj", "single_blocks_0_linear1"] {
            let values = request.rank * width
            let name = "lora_unet_\(module)"
            tensors.append(.init(name: "\(name).alpha", type: "BF16", shape: [], bytes: bfloat16(request.alpha)))
            tensors.append(
                .init(
                    name: "\(name).lora_down.weight", type: "BF16", shape: [request.rank, width], bytes: weights(values, &chance))
            )
            tensors.append(
                .init(
                    name: "\(name).lora_up.weight", type: "BF16", shape: [width, request.rank], bytes: weights(values, &chance)))
        }
        return SafetensorsFile(metadata: metadata(for: request, from: start, to: end), tensors: tensors).bytes
    }

    /// Values of either sign between 0.008 and 0.06: chance fills sign and fraction, and the lowest bit of the exponent.
    private static func weights(_ count: Int, _ chance: inout SplitMix64) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * 2 + 8)
        while bytes.count < count * 2 {
            var bits = chance.next() & 0x80FF_80FF_80FF_80FF | 0x3C00_3C00_3C00_3C00
            for _ in 0..<8 {
                bytes.append(UInt8(truncatingIfNeeded: bits))
                bits >>= 8
            }
        }
        return Array(bytes.prefix(count * 2))
    }

    /// The upper half of a Float's bits, little-endian.
    private static func bfloat16(_ value: Double) -> [UInt8] {
        let bits = UInt16(truncatingIfNeeded: Float(value).bitPattern >> 16)
        return [UInt8(truncatingIfNeeded: bits), UInt8(truncatingIfNeeded: bits >> 8)]
    }

    private static func metadata(
        for request: SimulatedRequest, from start: Timestamp, to end: Timestamp
    ) -> [(key: String, value: String)] {
        [
            ("ss_output_name", "\(request.modelName)_rank\(request.rank)_bf16"),
            ("ss_base_model_version", "flux1"),
            ("ss_network_module", "networks.lora_flux"),
            ("ss_network_dim", String(request.rank)),
            ("ss_network_alpha", JSONValue.double(request.alpha).text()),
            ("ss_steps", String(request.steps)),
            ("ss_max_train_steps", String(request.steps)),
            ("ss_learning_rate", request.learningRate),
            ("ss_num_train_images", String(request.images)),
            ("ss_training_started_at", String(Double(start.milliseconds) / 1000)),
            ("ss_training_finished_at", String(Double(end.milliseconds) / 1000)),
            ("ss_training_comment", "simulated"),
            ("modelspec.architecture", "flux-1-dev/lora"),
            ("modelspec.title", "\(request.modelName)_rank\(request.rank)_bf16"),
        ]
    }
}
