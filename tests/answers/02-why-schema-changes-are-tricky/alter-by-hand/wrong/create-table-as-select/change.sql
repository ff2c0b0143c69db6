ALTER TABLE furniture ADD COLUMN maker VARCHAR(60);

CREATE TABLE room_new AS SELECT id, name, COALESCE(colour, 'unpainted') AS colour FROM room;
DROP TABLE room;
ALTER TABLE room_new RENAME TO room;
CREATE INDEX ix_room_colour ON room (colour);
