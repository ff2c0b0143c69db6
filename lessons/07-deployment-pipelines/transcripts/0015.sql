-- Running upgrade 0014 -> 0015

CREATE TABLE release_log (
    id INTEGER NOT NULL,
    revision VARCHAR(32) NOT NULL,
    started_at DATETIME NOT NULL,
    ended_at DATETIME,
    outcome VARCHAR(80) NOT NULL,
    CONSTRAINT pk_release_log PRIMARY KEY (id)
);

UPDATE alembic_version SET version_num='0015' WHERE alembic_version.version_num = '0014';