import EngineAPI
import Training
import TrainingPorts

/// What a training will cost must be known before it is paid: prices and the endpoint's GPUs are asked for at the start, and again only
/// where RunPod did not tell them, or where the newest price is older than a day while something runs.
extension Turn {
    mutating func readPrices() {
        guard policy.managesEndpoint else { return }
        if runtime.isPriceWanted(at: now, whileRunning: ledger.isSomethingInFlight), isDue(runtime.pricesDue) {
            start(.readPrices)
        }
        if runtime.endpoint == nil || runtime.endpointFault != nil, isDue(runtime.endpointDue) { start(.readEndpoint) }
    }

    mutating func pricesRead(_ answer: ManagementAnswer<PriceCatalogue>) {
        runtime.pricesDue = now + policy.surroundingsInterval
        if var catalogue = answer.value {
            catalogue.asOf = now
            (runtime.prices, runtime.pricesFault) = (catalogue, nil)
        } else {
            if runtime.pricesFault != answer.fault {
                log("prices: \(answer.fault ?? ""); those of \(PriceCatalogue.publishedOn) stand in", .warning)
            }
            runtime.pricesFault = answer.fault
            runtime.prices = runtime.prices ?? .published
        }
        lookAhead()
    }

    mutating func endpointRead(_ answer: ManagementAnswer<EndpointFacts>) {
        runtime.endpointDue = now + policy.surroundingsInterval
        if let facts = answer.value {
            (runtime.endpoint, runtime.endpointFault) = (facts, nil)
        } else {
            if runtime.endpointFault != answer.fault {
                log("endpoint: \(answer.fault ?? ""); its workers are taken to have one GPU", .warning)
            }
            runtime.endpointFault = answer.fault
            runtime.endpoint = runtime.endpoint ?? EndpointFacts(id: "")
        }
        lookAhead()
    }

    /// What a training of so many steps should take and cost, as far as anybody can tell now.
    func expectation(steps: Int) -> Expectation {
        Expectation(steps: steps, history: ledger.history, prices: runtime.outlook ?? policy.outlook)
    }

    private mutating func lookAhead() {
        guard runtime.outlookIsDecided, let catalogue = runtime.prices, let endpoint = runtime.endpoint else { return }
        let offered = PriceOutlook(catalogue, pools: endpoint.pools, gpus: endpoint.gpuCount)
        let outlook = policy.isPriceSet ? policy.outlook ?? offered : offered ?? policy.outlook
        guard let outlook, outlook != runtime.outlook else { return }
        runtime.outlook = outlook
        readings.append(.prices(outlook))
    }
}

extension Policy {
    /// The price that was configured.
    var outlook: PriceOutlook? { PriceOutlook(perSecond: pricePerSecond, isSet: isPriceSet) }
}

extension Runtime {
    /// Whether both were asked for, whatever came of it.
    var outlookIsDecided: Bool { prices != nil && endpoint != nil }

    func isPriceWanted(at now: Timestamp, whileRunning: Bool) -> Bool {
        guard prices != nil else { return true }
        guard let time = prices?.asOf else { return whileRunning }
        return whileRunning && now - time > .hours(24)
    }
}
