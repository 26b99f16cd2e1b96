import JSONText
import RunPod
import Training

extension SimulatedEndpoint {
    /// When a call is tried again after the first: RunPod was seen to do it after 5 and 20 seconds, and then never more.
    static let webhookPauses: [Seconds] = [.seconds(0), .seconds(5), .seconds(20)]

    mutating func planWebhook(_ index: Int, at now: Timestamp) {
        guard jobs[index].request.webhook != nil, !jobs[index].has(.webhookLost) else { return }
        let first = jobs[index].has(.webhookLate) ? now + .minutes(10) : now
        jobs[index].delivery = .init(endedAt: now, first: first, due: first, repeats: jobs[index].has(.webhookDoubled) ? 1 : 0)
    }

    mutating func callWebhook(_ index: Int, at now: Timestamp) -> [SimulatorEffect] {
        guard var delivery = jobs[index].delivery, let address = jobs[index].request.webhook else { return [] }
        delivery.due = nil
        delivery.isUnderWay = true
        delivery.tries += 1
        jobs[index].delivery = delivery
        let body = jobs[index].webhookBody(at: delivery.endedAt).text()
        return [.call(WebhookCall(job: jobs[index].id, number: delivery.tries, address: address, body: body))]
    }

    mutating func webhookAnswered(job id: String, number: Int, taken: Bool, at now: Timestamp) {
        guard let index = jobs.firstIndex(where: { $0.id == id }), var delivery = jobs[index].delivery, delivery.isUnderWay,
            delivery.tries == number
        else { return }
        delivery.isUnderWay = false
        if taken {
            if delivery.repeats > 0 { delivery.due = now + .seconds(1) }
            delivery.repeats -= 1
        } else if SimulatedEndpoint.webhookPauses.indices.contains(delivery.tries) {
            delivery.due = max(now, delivery.first + SimulatedEndpoint.webhookPauses[delivery.tries])
        }
        jobs[index].delivery = delivery
    }

    /// After a restart: calls that were under way and have no known end are made again, as a platform that was cut off does.
    mutating func repeatUnansweredCalls(at now: Timestamp) {
        for index in jobs.indices {
            guard var delivery = jobs[index].delivery, delivery.isUnderWay else { continue }
            delivery.isUnderWay = false
            delivery.tries -= 1
            delivery.due = now
            jobs[index].delivery = delivery
        }
    }
}
