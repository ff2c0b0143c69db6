-- A house to start with. A room is found by its name, so the numbers are left to the database.
INSERT INTO room (name, colour) VALUES ('Kitchen', 'sage green');
INSERT INTO room (name, colour) VALUES ('Living room', 'painter''s red');
INSERT INTO room (name, colour) VALUES ('Bedroom', 'bleu pâle');
INSERT INTO room (name, colour) VALUES ('Study', NULL);
INSERT INTO room (name, colour) VALUES ('Attic', NULL);
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
