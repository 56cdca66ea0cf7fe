"""The ledger's tables, as numbered migrations; each is committed together with its own number."""

from __future__ import annotations

import sqlite3

from synthgen.errors import RunError

MIGRATIONS = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    -- System messages repeat with every call: each is kept once.
    CREATE TABLE prompts (hash TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE calls (
        id INTEGER PRIMARY KEY,
        purpose TEXT NOT NULL,
        backend TEXT NOT NULL,
        model TEXT NOT NULL,
        response_id TEXT NOT NULL,
        template TEXT NOT NULL,
        template_hash TEXT NOT NULL,
        system TEXT REFERENCES prompts (hash),
        prompt TEXT NOT NULL,
        sampling TEXT NOT NULL,
        response TEXT NOT NULL,
        finish TEXT NOT NULL,
        prompt_tokens INTEGER NOT NULL,
        completion_tokens INTEGER NOT NULL,
        cost REAL NOT NULL,
        seconds REAL NOT NULL,
        ended REAL NOT NULL
    );
    CREATE TABLE rows (
        n INTEGER PRIMARY KEY,
        topic TEXT NOT NULL,
        language TEXT NOT NULL,
        seat INTEGER NOT NULL,
        attempt INTEGER NOT NULL,
        facets TEXT NOT NULL,
        state TEXT NOT NULL,
        risk INTEGER NOT NULL,
        messages TEXT NOT NULL,
        finish TEXT NOT NULL,
        repairs INTEGER NOT NULL,
        stage TEXT,
        reason TEXT,
        detail TEXT,
        evidence TEXT,
        repairable INTEGER
    );
    CREATE INDEX rows_by_state ON rows (state, stage, reason);
    CREATE TABLE row_calls (
        row INTEGER NOT NULL REFERENCES rows (n),
        call INTEGER NOT NULL REFERENCES calls (id),
        PRIMARY KEY (row, call)
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX one_row_a_seat ON rows (topic, language, seat) WHERE state = 'accepted';
    CREATE TRIGGER final_rows_stay BEFORE UPDATE ON rows WHEN OLD.state IN ('accepted', 'dropped', 'surplus')
    BEGIN
        SELECT RAISE(ABORT, 'a final row does not change');
    END;
    """,
    """
    ALTER TABLE rows ADD COLUMN cited TEXT NOT NULL DEFAULT '[]';
    -- What follows is private: no export and no command prints names of files or originals.
    CREATE TABLE transcripts (
        n INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        hash TEXT NOT NULL,
        roles TEXT NOT NULL,
        how TEXT NOT NULL,
        reason TEXT
    );
    CREATE TABLE pages (
        n INTEGER PRIMARY KEY,
        transcript INTEGER NOT NULL REFERENCES transcripts (n),
        part INTEGER NOT NULL,
        sheet INTEGER NOT NULL,
        language TEXT NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        turns TEXT NOT NULL
    );
    CREATE TABLE surrogates (
        transcript INTEGER NOT NULL REFERENCES transcripts (n),
        kind TEXT NOT NULL,
        original TEXT NOT NULL,
        surrogate TEXT NOT NULL
    );
    CREATE INDEX surrogates_by_transcript ON surrogates (transcript);
    """,
    """
    ALTER TABLE rows ADD COLUMN turns TEXT NOT NULL DEFAULT '';
    ALTER TABLE rows ADD COLUMN approach TEXT NOT NULL DEFAULT '';
    ALTER TABLE rows ADD COLUMN memo TEXT NOT NULL DEFAULT '';
    ALTER TABLE rows ADD COLUMN annotations TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE rows ADD COLUMN judgement TEXT NOT NULL DEFAULT '[null,0,0]';
    CREATE TABLE originals (n INTEGER PRIMARY KEY, record TEXT NOT NULL);
    ALTER TABLE calls ADD COLUMN cached_tokens INTEGER NOT NULL DEFAULT 0;
    DROP INDEX one_row_a_seat;
    CREATE UNIQUE INDEX one_row_a_seat ON rows (topic, language, turns, approach, seat) WHERE state = 'accepted';
    """,
)


def check_version(connection: sqlite3.Connection, where: str) -> int:
    """Return a ledger's version. Raises RunError for one that a newer synthgen made."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise RunError(
            f"{where}: a ledger of version {version}, this synthgen reads up to {len(MIGRATIONS)}.",
            hint="upgrade synthgen, or choose another --out.",
        )
    return int(version)


def migrate(connection: sqlite3.Connection, where: str) -> None:
    """Bring a ledger up to date. Raises RunError as `check_version` does."""
    version = check_version(connection, where)
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        connection.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {number}; COMMIT;")
