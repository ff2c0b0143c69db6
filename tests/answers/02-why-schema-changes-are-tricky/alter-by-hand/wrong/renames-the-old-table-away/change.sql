ALTER TABLE furniture ADD COLUMN maker VARCHAR(60);

ALTER TABLE room RENAME TO room_old;
DROP INDEX ix_room_colour;
CREATE TABLE room (
    id INTEGER NOT NULL,
    name VARCHAR(80) NOT NULL,
    colour VARCHAR(30) NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_room_name UNIQUE (name)
);
INSERT INTO room (id, name, colour)
SELECT id, name, COALESCE(colour, 'unpainted') FROM room_old;
DROP TABLE room_old;
CREATE INDEX ix_room_colour ON room (colour);
