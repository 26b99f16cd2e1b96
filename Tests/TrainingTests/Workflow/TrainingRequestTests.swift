import JSONText
import Testing
import Training
import TrainingTestSupport

@Suite("The training request")
struct TrainingRequestTests {
    @Test("is, field by field, the one that was written by hand")
    func byHand() throws {
        let parameters = TrainingParameters.preset(images: 23, triggerToken: "0019_european_20_female")
        let workflow = try Workflow(json: Workflow.sampleJSON).customised(with: parameters)
        let request = TrainingRequest(
            workflow: workflow,
            images: [S3Location(bucket: "b", key: "actors/0019/a b.jpg"), S3Location(bucket: "b", key: "actors/0019/é.jpg")],
            request: RequestID(rawValue: "actor_0019_1760690576817_9f3a5c7e1b2d4f60"),
            model: ModelName(actor: ActorID(19), version: VersionNumber(7)),
            parameters: parameters, expectation: Expectation(steps: 2000, pricePerSecond: nil))
        let byHand = try JSONValue(
            parsing: """
                {"input":{"workflow":{
                "2":{"inputs":{"transformer":"flux1-dev-fp8.safetensors"},"class_type":"FluxTrainModelSelect"},
                "4":{"inputs":{"steps":2000,"network_trainer":["107",0]},"class_type":"FluxTrainLoop","_meta":{"title":"Flux Train Loop"}},
                "14":{"inputs":{"save_state":false,"network_trainer":["4",0]},"class_type":"FluxTrainSave"},
                "95":{"inputs":{"optimizer_type":"adamw8bit","max_grad_norm":1.0,"lr_scheduler":"cosine","lr_warmup_steps":400,
                "lr_scheduler_num_cycles":1},"class_type":"OptimizerConfig"},
                "107":{"inputs":{"flux_models":["2",0],"dataset":["109",0],"optimizer_settings":["95",0],"output_name":"flux_lora",
                "network_dim":16,"network_alpha":8,"learning_rate":0.00025,"max_train_steps":2000,"gradient_dtype":"bf16",
                "save_dtype":"bf16","sample_prompts":["146",0]},"class_type":"InitFluxLoRATraining"},
                "109":{"inputs":{"width":1024,"batch_size":1,"dataset_path":"training_data","class_tokens":"0019_european_20_female",
                "num_repeats":2},"class_type":"TrainDatasetAdd"},
                "146":{"inputs":{"string":"a portrait of 0019_european_20_female | 0019_european_20_female in the rain",
                "strip_newlines":false},"class_type":"StringConstantMultiline"}},
                "training_data":{"s3_urls":["s3://b/actors/0019/a b.jpg","s3://b/actors/0019/é.jpg"]},
                "training_config":{"mode":"custom-actors","user_id":"actor_maker_user","tenant_id":"actor_maker",
                "request_id":"actor_0019_1760690576817_9f3a5c7e1b2d4f60","model_name":"actor_0019_V7","learning_rate":0.00025,
                "max_train_steps":2000}},
                "policy":{"executionTimeout":5760000,"ttl":27360000}}
                """)
        #expect(request.body == byHand)
        // The texts too: what is digested and paid for are bytes.
        #expect(request.body.text() == byHand.text())
    }
}
