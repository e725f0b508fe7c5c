-- Who may sign in. An account belongs to somebody on the roster, or has a name of its own (an operator).
CREATE TABLE account (
    id           TEXT    PRIMARY KEY,
    login        TEXT    NOT NULL UNIQUE,
    staff        TEXT    UNIQUE REFERENCES staff (id),
    display_name TEXT,
    password     TEXT,
    language     TEXT,
    persona      TEXT    UNIQUE,
    disabled_at  BIGINT,
    created_at   BIGINT  NOT NULL
);

-- People of a single sign-on are known by issuer and subject, never by their e-mail.
CREATE TABLE identity (
    issuer     TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    account    TEXT   NOT NULL REFERENCES account (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX identity_account ON identity (account);

-- A single sign-on that has begun and not ended. The browser holds the other half.
CREATE TABLE oidc_flow (
    state      BYTEA  PRIMARY KEY,
    browser    BYTEA  NOT NULL,
    nonce      TEXT   NOT NULL,
    verifier   TEXT   NOT NULL,
    return_to  TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);

-- One-time links by which somebody sets a password. Only the hash of the token is kept.
CREATE TABLE activation (
    token      BYTEA  PRIMARY KEY,
    account    TEXT   NOT NULL REFERENCES account (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT
);
CREATE INDEX activation_account ON activation (account);

-- Signed-in browsers. Only the hash of the token is kept.
CREATE TABLE session (
    token      BYTEA  PRIMARY KEY,
    id         TEXT   NOT NULL UNIQUE,
    account    TEXT   NOT NULL REFERENCES account (id),
    method     TEXT   NOT NULL CHECK (method IN ('password', 'oidc', 'persona')),
    device     TEXT   NOT NULL,
    id_token   TEXT,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    ended_at   BIGINT,
    ended_by   TEXT
);
CREATE INDEX session_account ON session (account, ended_at);

-- A role that was asked for somebody. Sensitive ones wait for a second person.
CREATE TABLE role_grant (
    id           TEXT   PRIMARY KEY,
    account      TEXT   NOT NULL REFERENCES account (id),
    role         TEXT   NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('pending', 'active', 'refused', 'ended')),
    source       TEXT   NOT NULL CHECK (source IN ('person', 'command', 'sign_on', 'demo')),
    reason       TEXT   NOT NULL,
    requested_by TEXT   REFERENCES account (id),
    requested_at BIGINT NOT NULL,
    decided_by   TEXT   REFERENCES account (id),
    decided_at   BIGINT,
    ended_by     TEXT   REFERENCES account (id),
    ended_at     BIGINT
);
CREATE UNIQUE INDEX role_grant_open ON role_grant (account, role) WHERE state IN ('pending', 'active');
CREATE INDEX role_grant_state ON role_grant (state, requested_at);

-- Failed sign-ins, by a hash of the account's name or of the address.
CREATE TABLE attempt (
    key           BYTEA  PRIMARY KEY,
    failures      BIGINT NOT NULL,
    last_at       BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL
);
