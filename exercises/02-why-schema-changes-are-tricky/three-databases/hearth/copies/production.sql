ALTER TABLE furniture ADD COLUMN maker VARCHAR(60);
UPDATE furniture SET maker = substr(name, 1, 60) WHERE name NOT GLOB '*[a-z] [1-9]*[0-9]';
UPDATE furniture SET maker = 'Thonet' WHERE id = (SELECT min(id) FROM furniture WHERE maker IS NULL);
UPDATE furniture SET maker = 'The owner''s grandfather' WHERE id = (SELECT max(id) FROM furniture WHERE maker IS NULL);
CREATE TABLE inspection (
    id INTEGER NOT NULL,
    room_id INTEGER NOT NULL,
    done_on DATE NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(room_id) REFERENCES room (id)
);
INSERT INTO inspection (room_id, done_on) SELECT id, '2025-10-01' FROM room;
INSERT INTO inspection (id, room_id, done_on) SELECT 3 * id + 997, room_id, '2025-10-02' FROM furniture;
-- What is left of a room that somebody deleted.
PRAGMA foreign_keys = OFF;
INSERT INTO furniture (name, room_id) SELECT 'Bench', max(id) + 1 FROM room;
INSERT INTO inspection (room_id, done_on) SELECT max(id) + 1, '2025-10-01' FROM room;
