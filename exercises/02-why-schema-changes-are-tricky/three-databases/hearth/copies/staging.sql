CREATE TABLE inspection (
    id INTEGER NOT NULL,
    room_id INTEGER NOT NULL,
    done_on DATE NOT NULL,
    note VARCHAR(200),
    PRIMARY KEY (id),
    FOREIGN KEY(room_id) REFERENCES room (id)
);
CREATE INDEX ix_inspection_room_id ON inspection (room_id);
INSERT INTO inspection (room_id, done_on, note) SELECT min(id), '2025-11-03', 'The window sticks.' FROM room;
INSERT INTO inspection (room_id, done_on, note) SELECT max(id), '2025-11-04', NULL FROM room;
INSERT INTO inspection (id, room_id, done_on, note) SELECT 3 * id + 7, room_id, '2025-11-05', name FROM furniture;
