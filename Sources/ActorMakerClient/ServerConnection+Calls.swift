import JSONText
import TrainingPorts

extension ServerConnection {
    /// Reads; tried three times, with a pause by chance between, where the fault may pass.
    func get(_ path: String) async throws(PortError) -> JSONValue {
        for attempt in 1...2 {
            var answer: ServerAnswer?
            do throws(ConnectionFault) {
                answer = try await exchange(.get, path)
            } catch {
                // With nobody there, asking again within a second is of no use.
                if error.nothingWasSent { throw unreachable(error) }
            }
            if let answer, !answer.mayPass { return try read(answer, path) }
            let pause = Duration.milliseconds(Int.random(in: 100...300) * attempt)
            do { try await clock.sleep(for: pause) } catch {
                throw PortError(.unreachable, "The reading was called off.", cause: error)
            }
        }
        return try await once(.get, path)
    }

    /// Writes; sent once.
    func post(_ path: String, _ body: JSONValue = [:], deadline: Duration = .seconds(20)) async throws(PortError) -> JSONValue {
        try await once(.post, path, body, deadline: deadline)
    }

    private func once(
        _ method: Method, _ path: String, _ body: JSONValue? = nil, deadline: Duration = .seconds(20)
    ) async throws(PortError) -> JSONValue {
        let answer: ServerAnswer
        do throws(ConnectionFault) {
            answer = try await exchange(method, path, body: body, deadline: deadline)
        } catch {
            throw unreachable(error)
        }
        return try read(answer, path)
    }

    private func read(_ answer: ServerAnswer, _ path: String) throws(PortError) -> JSONValue {
        guard answer.isSuccess else { throw answer.error(base: base) }
        guard let json = answer.json else { throw notActorMaker("\(path) gave no JSON") }
        return json
    }

    func notActorMaker(_ found: String) -> PortError {
        PortError(
            .invalidAnswer,
            "\(base) answers, but that is not an Actor Maker server: \(found). Check the address and the port given with --server."
        )
    }

    func unreachable(_ fault: ConnectionFault) -> PortError {
        PortError(
            .unreachable,
            fault.nothingWasSent
                ? "Nobody answers at \(base) (\(fault)). Start the Actor Maker server, or give its right address with --server."
                : "\(base) did not answer in full (\(fault)). Is the Actor Maker server busy or being restarted? It is tried again.",
            cause: fault)
    }
}
