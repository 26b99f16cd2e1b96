import GRDB

/// The tables, as ordered migrations: one is never changed once it was released, only followed by another.
enum JournalSchema {
    /// Each migration is a transaction of its own: a kill in the midst of one leaves the state before it, and it runs again.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 events, payloads and projections") { db in
            try db.execute(sql: facts)
            try db.execute(sql: projections)
        }
        return migrator
    }

    /// What is kept for ever. The triggers stop what the code would never ask for.
    private static let facts = """
        CREATE TABLE event (
            seq INTEGER PRIMARY KEY,
            time TEXT NOT NULL,
            schema INTEGER NOT NULL,
            id TEXT NOT NULL UNIQUE,
            cause TEXT,
            "by" TEXT NOT NULL,
            job INTEGER,
            attempt INTEGER,
            event TEXT NOT NULL,
            data TEXT NOT NULL
        ) STRICT;
        CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
            BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
        CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
            BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
        CREATE TABLE payload (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TRIGGER payload_is_never_changed BEFORE UPDATE ON payload
            BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
        CREATE TRIGGER payload_is_never_deleted BEFORE DELETE ON payload
            BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
        """

    /// What follows from the events; may be dropped and made anew at any time.
    private static let projections = """
        CREATE TABLE job (job INTEGER PRIMARY KEY, actor INTEGER NOT NULL, attempts INTEGER NOT NULL) STRICT;
        CREATE TABLE open_attempt (actor INTEGER PRIMARY KEY, job INTEGER NOT NULL, attempt INTEGER NOT NULL) STRICT;
        CREATE TABLE model_name (name TEXT PRIMARY KEY, job INTEGER NOT NULL, attempt INTEGER NOT NULL) STRICT;
        CREATE TABLE request_id (id TEXT PRIMARY KEY, job INTEGER NOT NULL, attempt INTEGER NOT NULL) STRICT;
        """
}
