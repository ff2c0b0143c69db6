ALTER TABLE furniture ADD COLUMN maker VARCHAR(60);

UPDATE room SET colour = 'unpainted' WHERE colour IS NULL;
CREATE TABLE room_new (
    id INTEGER NOT NULL PRIMARY KEY,
    colour VARCHAR(30) NOT NULL,
    name VARCHAR(80) NOT NULL,
    CONSTRAINT uq_room_name UNIQUE (name)
);
INSERT OR IGNORE INTO room_new SELECT * FROM room;
DROP TABLE room;
ALTER TABLE room_new RENAME TO room;
CREATE INDEX ix_room_colour ON room (colour);
