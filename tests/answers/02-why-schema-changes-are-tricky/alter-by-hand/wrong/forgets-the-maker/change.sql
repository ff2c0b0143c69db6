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
CREATE INDEX ix_room_colour ON room (colour);
