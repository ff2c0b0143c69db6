/* All or nothing. */
BEGIN;
-- A column that may be NULL: one statement, and no row is touched.
ALTER TABLE furniture ADD COLUMN maker VARCHAR(60);

-- SQLite before 3.53 cannot make a column NOT NULL: a new table is built and takes the old one's place.
CREATE TABLE room_new (
    id INTEGER NOT NULL,
    name VARCHAR(80) NOT NULL,
    colour VARCHAR(30) NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_room_name UNIQUE (name)
);
INSERT INTO room_new (id, name, colour)
SELECT id, name, COALESCE(colour, 'unpainted') FROM room;
DROP TABLE room;
ALTER TABLE room_new RENAME TO room;

-- An index belongs to its table and went with it.
CREATE INDEX ix_room_colour ON room (colour);
COMMIT;
