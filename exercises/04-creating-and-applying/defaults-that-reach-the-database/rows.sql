-- A house to start with. A room is found by its name, so the numbers are left to the database.
INSERT INTO room (name, colour) VALUES ('Kitchen', 'sage green');
INSERT INTO room (name, colour) VALUES ('Living room', 'painter''s red');
INSERT INTO room (name, colour) VALUES ('Bedroom', 'bleu pâle');
INSERT INTO room (name, colour) VALUES ('Study', NULL);
INSERT INTO room (name, colour) VALUES ('Attic', NULL);
INSERT INTO furniture (name, room_id, fragile) VALUES ('Oak table', (SELECT id FROM room WHERE name = 'Kitchen'), FALSE);
INSERT INTO furniture (name, room_id, fragile) VALUES ('Chair', (SELECT id FROM room WHERE name = 'Kitchen'), FALSE);
INSERT INTO furniture (name, room_id, fragile) VALUES ('Dresser', (SELECT id FROM room WHERE name = 'Kitchen'), TRUE);
INSERT INTO furniture (name, room_id, fragile) VALUES ('Green sofa', (SELECT id FROM room WHERE name = 'Living room'), FALSE);
INSERT INTO furniture (name, room_id, fragile) VALUES ('Grandmother''s armchair', (SELECT id FROM room WHERE name = 'Living room'), TRUE);
INSERT INTO furniture (name, room_id, fragile) VALUES ('Piano', (SELECT id FROM room WHERE name = 'Living room'), FALSE);
INSERT INTO furniture (name, room_id, fragile) VALUES ('Brass bed', (SELECT id FROM room WHERE name = 'Bedroom'), FALSE);
INSERT INTO furniture (name, room_id, fragile) VALUES ('Wardrobe', (SELECT id FROM room WHERE name = 'Bedroom'), FALSE);
INSERT INTO furniture (name, room_id, fragile) VALUES ('Writing desk', (SELECT id FROM room WHERE name = 'Study'), FALSE);
INSERT INTO furniture (name, room_id, fragile) VALUES ('Chair', (SELECT id FROM room WHERE name = 'Study'), FALSE);
INSERT INTO furniture (name, room_id, fragile) VALUES ('Étagère', (SELECT id FROM room WHERE name = 'Study'), TRUE);
INSERT INTO furniture (name, room_id, fragile) VALUES ('Sea chest', (SELECT id FROM room WHERE name = 'Attic'), FALSE);
