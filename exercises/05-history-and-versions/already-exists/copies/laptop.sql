-- What `.schema` printed on the laptop. There is no more: no index, no alembic_version.
CREATE TABLE room (
    id INTEGER NOT NULL,
    name VARCHAR(80) NOT NULL,
    colour VARCHAR(30),
    size VARCHAR(20) NOT NULL,
    CONSTRAINT pk_room PRIMARY KEY (id),
    CONSTRAINT uq_room_name UNIQUE (name)
);
CREATE TABLE furniture (
    id INTEGER NOT NULL,
    name VARCHAR(80) NOT NULL,
    room_id INTEGER NOT NULL,
    bought_on DATE,
    owner VARCHAR(80),
    CONSTRAINT pk_furniture PRIMARY KEY (id),
    CONSTRAINT fk_furniture_room_id_room FOREIGN KEY(room_id) REFERENCES room (id)
);
CREATE TABLE inspection (
    id INTEGER NOT NULL,
    room_id INTEGER NOT NULL,
    done_on DATE NOT NULL,
    note TEXT,
    CONSTRAINT pk_inspection PRIMARY KEY (id),
    CONSTRAINT fk_inspection_room_id_room FOREIGN KEY(room_id) REFERENCES room (id)
);
