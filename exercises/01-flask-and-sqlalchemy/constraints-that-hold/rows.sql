-- A house to start with. A room is found by its name, so the numbers are left to the database.
INSERT INTO room (name) VALUES ('Kitchen');
INSERT INTO room (name) VALUES ('Living room');
INSERT INTO room (name) VALUES ('Bedroom');
INSERT INTO room (name) VALUES ('Study');
INSERT INTO room (name) VALUES ('Attic');
INSERT INTO furniture (name, pieces, room_id) VALUES ('Oak table', 1, (SELECT id FROM room WHERE name = 'Kitchen'));
INSERT INTO furniture (name, pieces, room_id) VALUES ('Chair', 6, (SELECT id FROM room WHERE name = 'Kitchen'));
INSERT INTO furniture (name, pieces, room_id) VALUES ('Dresser', 1, (SELECT id FROM room WHERE name = 'Kitchen'));
INSERT INTO furniture (name, pieces, room_id) VALUES ('Green sofa', 1, (SELECT id FROM room WHERE name = 'Living room'));
INSERT INTO furniture (name, pieces, room_id) VALUES ('Grandmother''s armchair', 1, (SELECT id FROM room WHERE name = 'Living room'));
INSERT INTO furniture (name, pieces, room_id) VALUES ('Piano', 1, (SELECT id FROM room WHERE name = 'Living room'));
INSERT INTO furniture (name, pieces, room_id) VALUES ('Brass bed', 1, (SELECT id FROM room WHERE name = 'Bedroom'));
INSERT INTO furniture (name, pieces, room_id) VALUES ('Wardrobe', 2, (SELECT id FROM room WHERE name = 'Bedroom'));
INSERT INTO furniture (name, pieces, room_id) VALUES ('Writing desk', 1, (SELECT id FROM room WHERE name = 'Study'));
INSERT INTO furniture (name, pieces, room_id) VALUES ('Chair', 1, (SELECT id FROM room WHERE name = 'Study'));
INSERT INTO furniture (name, pieces, room_id) VALUES ('Étagère', 1, (SELECT id FROM room WHERE name = 'Study'));
INSERT INTO furniture (name, pieces, room_id) VALUES ('Sea chest', 3, (SELECT id FROM room WHERE name = 'Attic'));
