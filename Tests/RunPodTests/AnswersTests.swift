import JSONText
import RunPod
import Testing
import Training
import TrainingPorts

@Suite struct AnswersTests {
    @Test(
        "an error body of any form becomes one sentence",
        arguments: [
            (#"{"error":"invalid API key"}"#, "RunPod answered 400: invalid API key"),
            (#"{"message":"nope","error":""}"#, "RunPod answered 400: nope"),
            (#"{"detail":"not\nhere","code":"E12"}"#, "RunPod answered 400: not here (code E12)"),
            (#"{"error":{"message":"deep","code":4}}"#, "RunPod answered 400: deep (code 4)"),
            (
                #"{"detail":[{"loc":["body"],"msg":"field required"},{"msg":"too long"}]}"#,
                "RunPod answered 400: field required; too long"
            ),
            (
                #"{"title":"Bad Request","status":400,"detail":"no such endpoint","errors":[{"location":"id","message":"odd"}]}"#,
                "RunPod answered 400: Bad Request: no such endpoint; id: odd"
            ),
            (#""just a string""#, "RunPod answered 400: just a string"),
            (#"{"foo":{"bar":1}}"#, "RunPod answered 400 without a reason"),
            ("{\"error\":", "RunPod answered 400: something that begins like JSON and is none"),
            ("", "RunPod answered 400 without a reason"),
            ("  upstream \u{1b}[31m gone\r\n", "RunPod answered 400: upstream [31m gone"),
            (
                "<!DOCTYPE html><html><head><TITLE>502 Bad\nGateway</TITLE>",
                "RunPod answered 400: a web page with the title “502 Bad Gateway” instead of JSON"
            ),
            ("<html></html>", "RunPod answered 400: a web page instead of JSON"),
        ])
    func errorBodies(_ body: String, _ sentence: String) {
        #expect(ErrorBody(Array(body.utf8)).sentence(status: 400) == sentence)
    }

    @Test("a body that is no text, or very long, is cut and not passed on")
    func hostileBodies() {
        #expect(ErrorBody([0xFF, 0xFE, 0x00]).ownMessage == nil)
        let long = ErrorBody(Array(#"{"error":"\#(String(repeating: "x", count: 5000))"}"#.utf8)).sentence(status: 500)
        #expect(long.count < 350)
    }

    func report(_ text: String) throws -> JobReport? {
        JobAnswer(try JSONValue(parsing: text))?.report(asked: RunPodID("asked"))
    }

    @Test(
        "a failed job's error is one sentence, from whatever form it came in",
        arguments: [
            (#""job timed out after 1 retries""#, "job timed out after 1 retries"),
            (
                #""{\"error_type\": \"<class 'ValueError'>\", \"error_message\": \"no images\", \"error_traceback\": \"Traceback\"}""#,
                "ValueError: no images"
            ),
            (#"{"message":"an object"}"#, "an object"),
            (
                #""Traceback (most recent call last):\n  File x\nRuntimeError: CUDA out of memory""#,
                "RuntimeError: CUDA out of memory"
            ),
            (#""{broken""#, "the worker gave no reason that can be read"),
            (#"["first","second"]"#, "first"),
        ])
    func jobErrors(_ error: String, _ sentence: String) throws {
        #expect(try report(#"{"id":"x","status":"FAILED","error":\#(error)}"#)?.error == sentence)
    }

    @Test("output may be anything, and a completed job names its model in either place")
    func outputs() throws {
        for output in [#"{"any":1}"#, "[1]", #""text""#, "7", "null", "true"] {
            let known = try report(#"{"status":"COMPLETED","output":\#(output)}"#)
            #expect(known?.observation.state == .completed)
            #expect(known?.address == nil)
            #expect(known?.error == nil)
            #expect(known?.id == RunPodID("asked"))
        }
        #expect(try report(#"{"status":"completed","output":{"loraUrl":"s3://b/k"}}"#)?.address == "s3://b/k")
        #expect(try report(#"{"status":"COMPLETED","output":{"model_info":{"download_url":"u"}}}"#)?.address == "u")
        #expect(try report(#"{"status":"COMPLETED","output":{"status":"error","message":"disk full"}}"#)?.error == "disk full")
        #expect(try report(#"{"status":"FAILED","output":{"error":"dataset is empty"}}"#)?.error == "dataset is empty")
        #expect(try report(#"{"status":""}"#) == nil)
        #expect(
            try report(#"{"status":"PAUSED","retries":1,"workerId":"w"}"#)?.observation
                == RunPodObservation(state: .unknown("PAUSED"), retries: 1, worker: "w"))
    }

    @Test(
        "progress is read in whatever form a worker sends it",
        arguments: [
            (#"{"progress":"4/10"}"#, TrainingProgress(step: 4, steps: 10)),
            (#"{"step":120,"steps":500,"loss":0.0831}"#, TrainingProgress(step: 120, steps: 500, loss: 0.0831)),
            (#"{"step":120,"total":500}"#, TrainingProgress(step: 120, steps: 500)),
            (#"{"step":120,"max_train_steps":500,"loss":"0.5"}"#, TrainingProgress(step: 120, steps: 500, loss: 0.5)),
            (#"{"loss":0.25}"#, TrainingProgress(loss: 0.25)),
            (#""step 12/500 loss 0.083""#, TrainingProgress(step: 12, steps: 500, loss: 0.083)),
            (#""Step: 12 of 500, avr_loss=8.3e-2""#, TrainingProgress(step: 12, steps: 500, loss: 0.083)),
            (#""epoch 2/3 step 12/500""#, TrainingProgress(step: 12, steps: 500)),
            (#""epoch 2/3 | 12/500""#, TrainingProgress(step: 12, steps: 500)),
            (
                #""  0%|  | 1/500 [00:01<]\r 24%|██▍       | 120/500 [01:48<05:42,  1.11it/s, loss=0.0831]""#,
                TrainingProgress(step: 120, steps: 500, loss: 0.0831)
            ),
            (#""caching latents""#, TrainingProgress(text: "caching latents")),
            (#""2026/10/17 loading""#, TrainingProgress(text: "2026/10/17 loading")),
            (#""40 % done""#, TrainingProgress(step: 40, steps: 100, text: "40 % done")),
            ("40", TrainingProgress(step: 40, steps: 100)),
            ("0.4", TrainingProgress(step: 40, steps: 100)),
            (#"{"percent":12.6}"#, TrainingProgress(step: 13, steps: 100)),
            (#"{"message":"step 3/9"}"#, TrainingProgress(step: 3, steps: 9)),
            (#"["old",{"step":3,"steps":9}]"#, TrainingProgress(step: 3, steps: 9)),
        ])
    func progress(_ output: String, _ expected: TrainingProgress) throws {
        #expect(try report(#"{"status":"IN_PROGRESS","output":\#(output)}"#)?.progress == expected)
    }

    @Test("what is no progress is none, and the result at the end is not taken for it")
    func noProgress() throws {
        for output in ["null", "true", "{}", "[]", #""""#, "-3", "1e300", "[[1]]"] {
            #expect(try report(#"{"status":"IN_PROGRESS","output":\#(output)}"#)?.progress == nil)
        }
        #expect(try report(#"{"status":"COMPLETED","output":{"step":1,"steps":2}}"#)?.progress == nil)
    }

    @Test("an answer written and read again is the same")
    func roundTrip() {
        let answer = JobAnswer(
            id: "x-u1", status: "COMPLETED", delayTime: 3, executionTime: 4, retries: 1, workerId: "w", output: ["a": [1, nil]],
            error: "e")
        #expect(JobAnswer(answer.json) == answer)
        #expect(
            answer.json.object?.keys == ["delayTime", "error", "executionTime", "id", "output", "retries", "status", "workerId"])
    }
}
