-- A house to start with. A room is found by its name, so the numbers are left to the database.
INSERT INTO room (name, color) VALUES ('Kitchen', 'sage green');
INSERT INTO room (name, color) VALUES ('Living room', 'painter''s red');
INSERT INTO room (name, color) VALUES ('Bedroom', 'bleu pâle');
INSERT INTO room (name, color) VALUES ('Study', NULL);
INSERT INTO room (name, color) VALUES ('Attic', NULL);
INSERT INTO furniture (name, room_id) VALUES ('Oak table', (SELECT id FROM room WHERE name = 'Kitchen'));
INSERT INTO furniture (name, room_id) VALUES ('Chair', (SELECT id FROM room WHERE name = 'Kitchen'));
INSERT INTO furniture (name, room_id) VALUES ('Dresser', (SELECT id FROM room WHERE name = 'Kitchen'));
INSERT INTO furniture (name, room_id) VALUES ('Green sofa', (SELECT id FROM room WHERE name = 'Living room'));
INSERT INTO furniture (name, room_id) VALUES ('Grandmother''s armchair', (SELECT id FROM room WHERE name = 'Living room'));
INSERT INTO furniture (name, room_id) VALUES ('Piano', (SELECT id FROM room WHERE name = 'Living room'));
INSERT INTO furniture (name, room_id) VALUES ('Brass bed', (SELECT id FROM room WHERE name = 'Bedroom'));
INSERT INTO furniture (name, room_id) VALUES ('Wardrobe', (SELECT id FROM room WHERE name = 'Bedroom'));
INSERT INTO furniture (name, room_id) VALUES ('Writing desk', (SELECT id FROM room WHERE name = 'Study'));
INSERT INTO furniture (name, room_id) VALUES ('Chair', (SELECT id FROM room WHERE name = 'Study'));
INSERT INTO furniture (name, room_id) VALUES ('Étagère', (SELECT id FROM room WHERE name = 'Study'));
INSERT INTO furniture (name, room_id) VALUES ('Sea chest', (SELECT id FROM room WHERE name = 'Attic'));
-- What a schema without its rules lets in: a second study, and a stool that stands nowhere.
INSERT INTO room (name, color) VALUES ('Study', 'white');
INSERT INTO furniture (name, room_id) VALUES ('Milking stool', NULL);
INSERT INTO room_old (id, name) SELECT id, name FROM room WHERE name <> 'Attic';
