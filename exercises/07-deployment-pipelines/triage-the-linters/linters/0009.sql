BEGIN;

-- Running upgrade 0008 -> 0009

COMMIT;

ALTER TABLE inspection ADD COLUMN inspector VARCHAR(80);

ALTER TABLE inspection ADD CONSTRAINT ck_inspection_inspector_has_a_name CHECK (inspector <> '');

ALTER TABLE furniture ADD CONSTRAINT owner_is_known CHECK (owner IS NOT NULL) NOT VALID;

UPDATE furniture SET owner = 'the museum';

ALTER TABLE furniture VALIDATE CONSTRAINT owner_is_known;

ALTER TABLE furniture ALTER COLUMN owner SET NOT NULL;

ALTER TABLE furniture DROP CONSTRAINT owner_is_known;

CREATE INDEX ix_furniture_owner ON furniture (owner);

BEGIN;

UPDATE alembic_version SET version_num='0009' WHERE alembic_version.version_num = '0008';

COMMIT;

