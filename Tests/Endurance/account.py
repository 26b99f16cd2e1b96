"""What must be true of a demo after any number of kills, and where in its life each kill came."""

from collections import Counter

# What follows a recorded submission when the program has learned what became of it.
ANSWERS = {"submission.accepted", "submission.unsent", "submission.uncertain", "attempt.ended"}


class Account:
    def __init__(self, demo):
        self.demo = demo
        self.final = {}
        self.faults = []

    def read(self):
        self.jobs = self.demo.lines("jobs", "--all")
        self.events = self.demo.lines("events")
        self.accepted = self.demo.accepted()
        self.attempts = [attempt for job in self.jobs for attempt in job["attempts"]]

    def require(self, holds, sentence):
        if not holds:
            self.faults.append(sentence)

    def check(self):
        """Holds at every moment, however the last run ended."""
        self.require([event["seq"] for event in self.events] == list(range(1, len(self.events) + 1)), "events are missing")
        requests = Counter(job["request_id"] for job in self.accepted)
        for request, count in requests.items():
            self.require(count == 1, f"{request} was accepted {count} times: paid twice")
        known = {attempt["request_id"] for attempt in self.attempts}
        for request in requests:
            self.require(request in known, f"{request} was accepted and the journal does not know it")
        self.check_final()
        self.check_cuts()
        for event in self.events:
            data = event["data"]
            self.require(data.get("severity") != "alarm", f"alarm: {data.get('text')}")

    def check_final(self):
        """Nothing that has ended changes."""
        for attempt in self.attempts:
            if attempt["outcome"] is None:
                continue
            key = (attempt["job"], attempt["attempt"])
            end = {name: attempt[name] for name in ("outcome", "version", "request_id", "runpod_id", "model_url", "ended_at")}
            self.require(self.final.setdefault(key, end) == end, f"{key} has changed after its end")

    def check_cuts(self):
        """An attempt that was cut off between its record and RunPod's answer is called uncertain by the next start."""
        self.cuts, left, cut = [], set(), set()
        for event in self.events:
            name, key = event["event"], (event["job"], event["attempt"])
            if name == "engine.started":
                self.require(not cut, f"{cut} were cut off, and the start after it did not call them uncertain")
                cut = set(left)
            elif name == "submission.intended":
                self.require(key not in left, f"{key} left while it was not known what had become of it")
                left.add(key)
            elif name in ANSWERS and key in left:
                left.remove(key)
                if key in cut:
                    cut.remove(key)
                    self.cuts.append(key)
                    self.require(name == "submission.uncertain", f"{key} was cut off, and the next start said {name}")
        shown = {(attempt["job"], attempt["attempt"]): attempt for attempt in self.attempts}
        for key in left:
            self.require(shown[key]["phase"] in ("submitting", "uncertain"), f"{key} was cut off and is {shown[key]['phase']}")

    def unsent_cuts(self):
        requests = {job["request_id"] for job in self.accepted}
        names = {(attempt["job"], attempt["attempt"]): attempt["request_id"] for attempt in self.attempts}
        return sum(names[key] not in requests for key in self.cuts)

    def uncertain(self):
        return [attempt for attempt in self.attempts if attempt["phase"] == "uncertain"]

    def never_accepted(self):
        requests = {job["request_id"] for job in self.accepted}
        return [attempt for attempt in self.uncertain() if attempt["request_id"] not in requests]

    def completed(self):
        return [attempt for attempt in self.attempts if attempt["outcome"] == "completed"]

    def is_done(self):
        return all(job["outcome"] == "completed" for job in self.jobs) and self.jobs

    def check_end(self, actors):
        """Ten trainings, ten versions, ten models, and nothing paid twice."""
        done = self.completed()
        self.require(len(done) == len(actors), f"{len(done)} attempts completed, not {len(actors)}")
        self.require(len(self.jobs) == len(actors), f"there are {len(self.jobs)} jobs, not {len(actors)}")
        self.require(
            sorted(attempt["request_id"] for attempt in done) == sorted(job["request_id"] for job in self.accepted),
            "what RunPod accepted is not what completed")
        models = []
        for attempt in done:
            number, name = attempt["actor_id"], attempt["actor"]
            # Where only the model proved that it ran, nobody ever told RunPod's id, nor how long it took.
            runpod = attempt["runpod_id"] or attempt["request_id"]
            model = f"actor_{number:04d}_{attempt['version']}.safetensors"
            models.append(model)
            versions = [version for version in self.demo.versions(name) if version["id"] == runpod]
            self.require(len(versions) == 1, f"{name} has {len(versions)} versions for {runpod}")
            for version in versions:
                self.require(version["status"] == "completed" and version["name"] == attempt["version"],
                             f"version {version['name']} of {name} is {version['status']}")
            self.require(self.demo.models(number).count(model) == 1, f"the manifest of {name} does not hold {model} once")
            self.require(attempt["cost"]["actual"] is not None or attempt["runpod_status"] != "COMPLETED", f"the cost of {model} is not known")
            job = next((job for job in self.accepted if job["request_id"] == attempt["request_id"]), None)
            self.require(job and job["model_name"] + ".safetensors" == model, f"{model} is not what was ordered")
        self.require(self.demo.stored() == sorted(models), f"models in the store: {self.demo.stored()}")
        for actor in actors:
            pending = [version["name"] for version in self.demo.versions(actor["name"]) if version["status"] == "pending"]
            self.require(not pending, f"{actor['name']} has pending versions: {pending}")

    def places(self):
        """How many kills came where, told from the events of the run that each of them ended."""
        places, phases, running = Counter(), {}, False
        requests = {job["request_id"] for job in self.accepted}
        names = {(a["job"], a["attempt"]): a["request_id"] for a in self.attempts}
        for event in [*self.events, {"event": "engine.started", "job": None, "attempt": None}]:
            name, key = event["event"], (event["job"], event["attempt"])
            if name == "engine.started":
                if running:
                    places[place(phases, names, requests)] += 1
                running = True
            elif name == "engine.stopped":
                running = False
            elif key[0] is not None:
                phases[key] = PHASE.get(name, phases.get(key))
                if name == "attempt.ended" and event["data"]["outcome"] != "completed":
                    phases[key] = "done"
        return places


PHASE = {
    "job.queued": "queued", "attempt.queued": "queued", "preparation.paused": "queued", "submission.unsent": "queued",
    "preparation.started": "preparing", "submission.intended": "submitting", "submission.uncertain": "uncertain",
    "submission.accepted": "watching", "verification.started": "writing down", "attempt.ended": "writing down",
    "model.recorded": "done", "books.confirmed": "done",
}


def place(phases, names, requests):
    submitting = [key for key, phase in phases.items() if phase == "submitting"]
    if any(names.get(key) not in requests for key in submitting):
        return "between the record and RunPod's acceptance"
    if submitting:
        return "between RunPod's acceptance and its record"
    for phase, words in [
        ("preparing", "while preparing a submission"), ("writing down", "after an end, while versions and manifests were written"),
        ("watching", "while watching"), ("uncertain", "while something was uncertain"), ("queued", "while something was planned"),
    ]:
        if phase in phases.values():
            return words
    return "with nothing open"
