"""The tables, as numbered steps: a desk of an older version is brought up by the steps it lacks.

Every fact is one row with columns that explain themselves; nested values are JSON text. ``seen`` and ``at`` are UTC,
ISO 8601. Rows are only ever added, but for erasure, which records itself. Tables whose name starts with ``cache_`` and the ``*_words`` indexes can be dropped
and are rebuilt from the ledger (``sayso doctor --rebuild``).
"""

from __future__ import annotations

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE document (
        number INTEGER PRIMARY KEY,
        hash TEXT NOT NULL UNIQUE,
        given_id TEXT,
        url TEXT,
        outlet TEXT,
        channel TEXT NOT NULL,
        author TEXT,
        title TEXT,
        lang TEXT,
        published TEXT,
        text TEXT NOT NULL,
        seen TEXT NOT NULL
    );
    CREATE INDEX document_given_id ON document (given_id);
    CREATE INDEX document_outlet ON document (outlet);
    CREATE TABLE reading (
        number INTEGER PRIMARY KEY,
        document_hash TEXT NOT NULL REFERENCES document (hash),
        reader TEXT NOT NULL,
        lang TEXT NOT NULL,
        attributions TEXT NOT NULL,
        at TEXT NOT NULL,
        UNIQUE (document_hash, reader)
    );
    CREATE TABLE statement (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        reading_number INTEGER NOT NULL REFERENCES reading (number),
        document_hash TEXT NOT NULL REFERENCES document (hash),
        attribution_id TEXT,
        source_name TEXT NOT NULL,
        source_kind TEXT NOT NULL,
        source_body TEXT,
        source_start INTEGER,
        source_end INTEGER,
        via TEXT NOT NULL,
        cue TEXT NOT NULL,
        content TEXT NOT NULL,
        quote_start INTEGER NOT NULL,
        quote_end INTEGER NOT NULL,
        stance TEXT,
        form TEXT,
        said TEXT,
        channel TEXT NOT NULL,
        verbatim INTEGER NOT NULL,
        firm INTEGER NOT NULL,
        own INTEGER NOT NULL,
        confidence REAL NOT NULL,
        UNIQUE (id, reading_number)
    );
    CREATE INDEX statement_id ON statement (id);
    CREATE INDEX statement_document ON statement (document_hash);
    CREATE TABLE registry (
        number INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        entry TEXT NOT NULL,
        at TEXT NOT NULL
    );
    CREATE TABLE cache_copy_band (
        band TEXT NOT NULL,
        document_number INTEGER NOT NULL,
        PRIMARY KEY (band, document_number)
    ) WITHOUT ROWID;
    CREATE TABLE copy (
        document_hash TEXT NOT NULL PRIMARY KEY REFERENCES document (hash),
        original_hash TEXT NOT NULL REFERENCES document (hash),
        overlap REAL NOT NULL
    );
    CREATE TABLE cache_vector (
        statement_number INTEGER PRIMARY KEY,
        encoder TEXT NOT NULL,
        vector BLOB NOT NULL
    );
    CREATE VIRTUAL TABLE statement_words USING fts5 (
        passage, content='', tokenize="unicode61 remove_diacritics 2"
    );
    CREATE VIEW statement_in_full AS
        SELECT s.id, s.source_name, s.source_kind, s.stance, s.form, s.said, s.via, s.channel,
               substr(d.text, s.quote_start + 1, s.quote_end - s.quote_start) AS quote,
               d.outlet, d.title, d.url, d.published, d.seen, s.confidence
        FROM statement s JOIN document d ON d.hash = s.document_hash;
    """,
    """
    ALTER TABLE document ADD COLUMN relays TEXT NOT NULL DEFAULT '[]';
    CREATE INDEX document_url ON document (url);
    CREATE TABLE original (
        hash TEXT NOT NULL PRIMARY KEY,
        size INTEGER NOT NULL,
        packed BLOB NOT NULL
    );
    CREATE TABLE document_original (
        document_hash TEXT NOT NULL REFERENCES document (hash),
        original_hash TEXT NOT NULL REFERENCES original (hash),
        address TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (document_hash, original_hash)
    ) WITHOUT ROWID;
    CREATE TABLE review (
        number INTEGER PRIMARY KEY,
        act TEXT NOT NULL,
        target TEXT NOT NULL,
        value TEXT,
        who TEXT NOT NULL,
        why TEXT NOT NULL,
        at TEXT NOT NULL
    );
    CREATE TABLE source (
        number INTEGER PRIMARY KEY,
        address TEXT NOT NULL,
        act TEXT NOT NULL,
        at TEXT NOT NULL
    );
    CREATE TABLE fetch (
        number INTEGER PRIMARY KEY,
        address TEXT NOT NULL,
        status INTEGER,
        error TEXT,
        etag TEXT,
        modified TEXT,
        next_try TEXT,
        at TEXT NOT NULL
    );
    CREATE INDEX fetch_address ON fetch (address, number);
    CREATE TABLE account (
        number INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        secret TEXT,
        act TEXT NOT NULL,
        at TEXT NOT NULL
    );
    CREATE TABLE token (
        number INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        digest TEXT NOT NULL,
        act TEXT NOT NULL,
        at TEXT NOT NULL
    );
    CREATE TABLE watch (
        number INTEGER PRIMARY KEY,
        question TEXT NOT NULL,
        act TEXT NOT NULL,
        seen TEXT NOT NULL DEFAULT '[]',
        at TEXT NOT NULL
    );
    """,
    """
    CREATE TABLE erasure (
        number INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        documents INTEGER NOT NULL,
        statements INTEGER NOT NULL,
        who TEXT NOT NULL,
        why TEXT NOT NULL,
        at TEXT NOT NULL
    );
    CREATE TABLE erased_document (
        hash TEXT NOT NULL PRIMARY KEY,
        erasure_number INTEGER NOT NULL REFERENCES erasure (number)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE cache_claim (
        statement_number INTEGER PRIMARY KEY,
        claim TEXT NOT NULL
    );
    CREATE INDEX cache_claim_claim ON cache_claim (claim);
    """,
    """
    CREATE TABLE retention (
        number INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        days INTEGER,
        act TEXT NOT NULL,
        at TEXT NOT NULL
    );
    CREATE INDEX document_seen ON document (seen);
    """,
)
"""Step *n* brings a desk from version *n* to *n + 1* (``PRAGMA user_version``)."""

APPLICATION_ID = 0x5341594F
"""``SAYO`` in the file's header, so that another program's database is not taken for a desk."""
