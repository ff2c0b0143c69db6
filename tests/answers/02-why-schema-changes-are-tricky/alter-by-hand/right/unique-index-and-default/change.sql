PRAGMA foreign_keys = OFF;
ALTER TABLE furniture ADD COLUMN maker VARCHAR(60);

CREATE TABLE room_new (
    id INTEGER NOT NULL PRIMARY KEY,
    name VARCHAR(80) NOT NULL,
    colour VARCHAR(30) DEFAULT 'unpainted' NOT NULL
);
INSERT INTO room_new (colour, name, id)
SELECT IFNULL(colour, 'unpainted'), name, id FROM room;
DROP TABLE room;
ALTER TABLE room_new RENAME TO room;
CREATE INDEX ix_room_colour ON room (colour);
CREATE UNIQUE INDEX uq_room_name ON room (name);
