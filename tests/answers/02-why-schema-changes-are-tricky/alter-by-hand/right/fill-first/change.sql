UPDATE room SET colour = 'unpainted' WHERE colour IS NULL;
CREATE TABLE room_new (
    id INTEGER NOT NULL,
    name VARCHAR(80) NOT NULL,
    colour VARCHAR(30) NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_room_name UNIQUE (name)
);
INSERT INTO room_new SELECT * FROM room;
DROP TABLE room;
ALTER TABLE room_new RENAME TO room;
CREATE INDEX ix_room_colour ON room (colour);
ALTER TABLE furniture ADD COLUMN maker VARCHAR(60);

