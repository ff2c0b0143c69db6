CREATE TABLE room (
    id INTEGER NOT NULL,
    name VARCHAR(80) NOT NULL,
    colour VARCHAR(30),
    PRIMARY KEY (id),
    CONSTRAINT uq_room_name UNIQUE (name)
);
CREATE TABLE furniture (
    id INTEGER NOT NULL,
    name VARCHAR(80) NOT NULL,
    room_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(room_id) REFERENCES room (id)
);
