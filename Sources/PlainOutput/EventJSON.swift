public import JSONText
public import Training

/// An event as one JSON value, for `events --json`.
/// - Parameter data: the event's payload as the journal writes it.
public func eventJSON(_ record: EventRecord, data: JSONValue) -> JSONValue {
    [
        "seq": .integer(record.sequence),
        "time": .string(record.time.description),
        "job": .optional(record.job?.description),
        "attempt": .optional(record.attempt),
        "event": .string(record.event.name),
        "by": .string(record.by),
        "cause": .optional(record.cause),
        "data": data,
    ]
}
