import JSONText
import RunPod
import Training

extension SimulatedEndpoint {
    func canBeTaken(_ serial: Int) -> Bool {
        guard !settings.has(.noWorkers) else { return false }
        return jobs.first { $0.serial == serial }.map { !$0.has(.noCapacity) } ?? false
    }

    /// Gives waiting jobs to free workers, warm ones first.
    mutating func dispatch(at now: Timestamp) {
        for index in workers.indices { workers[index].wake(at: now) }
        while let place = queue.firstIndex(where: canBeTaken),
            let worker = workers.indices.first(where: { workers[$0].isWarm(at: now) })
                ?? workers.indices.first(where: { workers[$0].isFree }),
            let index = jobs.firstIndex(where: { $0.serial == queue[place] })
        {
            queue.remove(at: place)
            if workers[worker].isWarm(at: now) {
                workers[worker].take(id: workers[worker].id)
                begin(index, on: worker, at: now)
            } else {
                var chance = jobs[index].chance(5)
                workers[worker].take(id: chance.letters(14))
                jobs[index].phase = .starting(worker: worker, ready: now + jobs[index].coldStart)
            }
        }
    }

    mutating func begin(_ index: Int, on worker: Int, at now: Timestamp) {
        let coldFrom: Timestamp? =
            if case .starting(_, let ready) = jobs[index].phase { ready + jobs[index].coldStart * -1 } else { nil }
        jobs[index].phase = .running(jobs[index].run(on: worker, id: workers[worker].id, at: now))
        open(index, coldFrom: coldFrom)
    }

    mutating func finish(_ index: Int, _ run: SimulatedJob.Run, at now: Timestamp) -> [SimulatorEffect] {
        switch run.outcome {
        case .losesWorker:
            workers[run.worker].lose(at: now)
            close(run, .lost, at: now)
            jobs[index].retries += 1
            jobs[index].queuedAt = now
            jobs[index].phase = .queued
            queue.insert(jobs[index].serial, at: 0)
            counters.retried += 1
            return []
        case .completes:
            workers[run.worker].release(at: now)
            close(run, .completed, at: now)
            return complete(index, run, at: now)
        case .fails(let words, let type):
            workers[run.worker].release(at: now)
            close(run, .failed(words), at: now)
            let form = jobs[index].form ?? (type.isEmpty ? .jobText : .jobJSON)
            let told = form.jobError(words, type: type, worker: run.workerID)
            end(index, .failed, run, output: told.output, error: told.error, at: now)
        case .timesOut(let words):
            workers[run.worker].release(at: now)
            close(run, .stopped, at: now)
            end(index, .timedOut, run, output: .none, error: .string(words), at: now)
        }
        return []
    }

    /// The model is there before anybody is told.
    mutating func complete(_ index: Int, _ run: SimulatedJob.Run, at now: Timestamp) -> [SimulatorEffect] {
        let job = jobs[index]
        let bytes = SimulatedModel.bytes(for: job.request, from: run.start, to: now, chance: job.chance(6))
        // `.none` and not `nil`: that would be JSON's null.
        let output: JSONValue? =
            job.has(.completedWithoutOutput) ? .none : job.output(size: bytes.count, execution: now - run.start)
        end(index, .completed, run, output: output, error: .none, at: now)
        return job.has(.modelMissing) ? [] : [.store(job.request.location, bytes, at: now)]
    }

    private mutating func end(
        _ index: Int, _ state: RunPodState, _ run: SimulatedJob.Run, output: JSONValue?, error: JSONValue?, at now: Timestamp
    ) {
        // A job whose lifetime is over is known to nobody any more, but its worker has worked on.
        let isForgotten = jobs[index].isForgotten(at: now)
        jobs[index].phase = .ended(
            .init(at: now, state: state, delay: run.delay, execution: now - run.start, output: output, error: error))
        if state == .completed { counters.completed += 1 } else { counters.failed += 1 }
        if !isForgotten { planWebhook(index, at: now) }
    }
}
