import JSONText
import Training
public import TrainingPorts

extension TrainingOrchestrator {
    /// Performs an effect and gives its result as an input. Runs beside the actor's other work; touches nothing of its state.
    nonisolated func result(of effect: Effect, since: Timestamp) async -> Input {
        switch effect {
        case .readCast: return .castRead(await readCast())
        case .readHealth: return .healthRead(await surroundings.gateway.health())
        case .prepare(let id, let actor): return .prepared(id, await prepare(actor))
        case .readRoute: return .routeRead(await surroundings.route.ensure())
        case .readAccount: return .accountRead(await managed { await $0.account() })
        case .readPrices: return .pricesRead(await managed { await $0.prices() })
        case .readEndpoint: return .endpointRead(await managed { await $0.endpointFacts() })
        case .readWorkers: return .workersRead(await managed { await $0.workers() })
        case .followLog(let id, let worker, let last): return .logEnded(id, await follow(id, worker, after: last))
        case .submit(let id, let order): return .submitted(id, await submit(order, decidedAt: since))
        case .askStatus(let id, let job, let endpoint):
            return .statusRead(id, await surroundings.gateway.status(of: job, at: endpoint))
        case .askForeign(let actor, let job): return .foreignRead(actor, job, await surroundings.gateway.status(of: job))
        case .cancel(let id, let job, let endpoint):
            return .cancelAnswered(id, await surroundings.gateway.cancel(job, at: endpoint))
        case .findModel(let id, let model, let address):
            return .modelFound(id, await surroundings.models.find(model, address: address))
        case .writeVersion(let id, let actor, let entry, let write):
            return .versionWritten(
                id, write, fault: await fault { () throws(PortError) in try await surroundings.actorMaker.save(entry, of: actor) }
            )
        case .finishVersion(let id, let actor, let job, let state):
            return .versionWritten(
                id, .close,
                fault: await fault { () throws(PortError) in
                    _ = try await surroundings.actorMaker.finish(job, of: actor, as: state)
                })
        case .recordModel(let id, let actor, let entry):
            do {
                return .modelWritten(id, .success(try await surroundings.actorMaker.record(entry, of: actor)))
            } catch {
                return .modelWritten(id, .failure(error))
            }
        case .mark(let mark):
            do {
                try await surroundings.actorMaker.mark(mark.version, of: mark.actor, good: mark.good)
                return .marked(mark, fault: nil)
            } catch {
                return .marked(mark, fault: error)
            }
        }
    }

    private nonisolated func fault(of work: () async throws(PortError) -> Void) async -> String? {
        do {
            try await work()
            return nil
        } catch {
            return error.message
        }
    }

    private nonisolated func readCast() async -> Result<Cast, PortError> {
        do {
            return .success(try await surroundings.actorMaker.cast())
        } catch {
            return .failure(error)
        }
    }

    /// In the seed's order: tunnel, training data, versions, template.
    private nonisolated func prepare(_ actor: ActorID) async -> Preparation {
        let route = await surroundings.route.ensure()
        await take(.routeRead(route))
        let hasWebhook = if case .up = route { true } else { false }
        do {
            let data = try await surroundings.actorMaker.trainingData(of: actor)
            let versions = try await surroundings.actorMaker.versions(of: actor)
            let stored = try await stored(of: actor)
            let template: JSONValue
            do {
                template = try await surroundings.templates.template()
            } catch  where error.code == .unreachable {
                return .notNow(error.message)
            } catch {
                return .templateFault(error.message)
            }
            return .ready(
                Gathered(
                    data: data, versions: versions, stored: stored.models, listingFault: stored.fault, template: template,
                    endpoint: surroundings.gateway.endpoint, carriesLimits: surroundings.gateway.carriesLimits,
                    hasWebhook: hasWebhook, random: surroundings.random.next()))
        } catch {
            return .notNow(error.message)
        }
    }

    /// The actor's models in the store; where they may not be listed, none and why. Any other fault is thrown: it may pass, and a
    /// version numbered without them may overwrite a model.
    nonisolated func stored(of actor: ActorID) async throws(PortError) -> (models: [ModelName], fault: String?) {
        do {
            return (try await surroundings.models.models(of: actor), nil)
        } catch {
            guard error.code == .refused else { throw error }
            return ([], error.message)
        }
    }

    /// Takes in a webhook's message; it is recorded when this returns true.
    func take(_ delivery: WebhookDelivery) -> Bool { take(.delivered(delivery)).fault == nil }
}

extension TrainingOrchestrator: WebhookReceiver {
    public func receive(_ delivery: WebhookDelivery) async -> Bool { take(delivery) }
}
