ALTER TABLE furniture ADD COLUMN maker VARCHAR(60);

DROP TABLE room;
CREATE TABLE room (
    id INTEGER NOT NULL,
    name VARCHAR(80) NOT NULL,
    colour VARCHAR(30) NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_room_name UNIQUE (name)
);
CREATE INDEX ix_room_colour ON room (colour);
