import GRDB
import Training
import TrainingPorts

/// Tables that follow from the events and are kept in the same transaction, so that what must be unique is refused by the disk itself:
/// one open attempt an actor, each model name and each request id once.
enum Projections {
    static func take(_ record: EventRecord, in db: Database) throws {
        guard let job = record.job else { return }
        switch record.event {
        case .jobQueued(let queued): try addJob(job, of: queued.actor, in: db)
        case .attemptQueued: try addAttempt(to: job, in: db)
        case .attemptPrepared(let order): try claim(order, for: AttemptID(job: job, number: record.attempt ?? 1), in: db)
        case .attemptEnded:
            try db.execute(
                sql: "DELETE FROM open_attempt WHERE job = ? AND attempt = ?", arguments: [job.number, record.attempt])
        default: break
        }
    }

    private static func addJob(_ job: JobID, of actor: ActorID, in db: Database) throws {
        guard try Row.fetchOne(db, sql: "SELECT 1 FROM job WHERE job = ?", arguments: [job.number]) == nil else {
            throw PortError(.conflict, "there is a job \(job) already; read the journal again before queueing another")
        }
        try db.execute(sql: "INSERT INTO job (job, actor, attempts) VALUES (?, ?, 1)", arguments: [job.number, actor.rawValue])
        try open(AttemptID(job: job, number: 1), of: actor, in: db)
    }

    private static func addAttempt(to job: JobID, in db: Database) throws {
        let row = try Row.fetchOne(db, sql: "SELECT actor, attempts FROM job WHERE job = ?", arguments: [job.number])
        guard let row else { throw PortError(.conflict, "there is no job \(job) to try again") }
        let number: Int = row["attempts"] + 1
        try db.execute(sql: "UPDATE job SET attempts = ? WHERE job = ?", arguments: [number, job.number])
        try open(AttemptID(job: job, number: number), of: ActorID(row["actor"]), in: db)
    }

    private static func open(_ attempt: AttemptID, of actor: ActorID, in db: Database) throws {
        let rival = try Row.fetchOne(
            db, sql: "SELECT job, attempt FROM open_attempt WHERE actor = ?", arguments: [actor.rawValue])
        if let rival {
            let open = AttemptID(job: JobID(rival["job"]), number: rival["attempt"])
            throw PortError(.conflict, "actor \(actor) has an open attempt already (\(open)); end or resolve it before another")
        }
        try db.execute(
            sql: "INSERT INTO open_attempt (actor, job, attempt) VALUES (?, ?, ?)",
            arguments: [actor.rawValue, attempt.job.number, attempt.number])
    }

    /// A second order of the same attempt may name the same things again: a request that left no byte is sent under its own name.
    private static func claim(_ order: Order, for attempt: AttemptID, in db: Database) throws {
        let names = [
            ("model_name", "name", order.model.description, "the model name"),
            ("request_id", "id", order.request.rawValue, "the request id"),
        ]
        for (table, column, value, what) in names {
            let row = try Row.fetchOne(db, sql: "SELECT job, attempt FROM \(table) WHERE \(column) = ?", arguments: [value])
            if let row {
                let owner = AttemptID(job: JobID(row["job"]), number: row["attempt"])
                guard owner == attempt else {
                    throw PortError(.conflict, "\(what) \(value) belongs to \(owner) and is never used again")
                }
            } else {
                try db.execute(
                    sql: "INSERT INTO \(table) (\(column), job, attempt) VALUES (?, ?, ?)",
                    arguments: [value, attempt.job.number, attempt.number])
            }
        }
    }
}
