ALTER TABLE furniture ADD COLUMN maker VARCHAR(60);

ALTER TABLE room ADD COLUMN painted VARCHAR(30) NOT NULL DEFAULT 'unpainted';
UPDATE room SET painted = colour WHERE colour IS NOT NULL;
DROP INDEX ix_room_colour;
ALTER TABLE room DROP COLUMN colour;
ALTER TABLE room RENAME COLUMN painted TO colour;
CREATE INDEX ix_room_colour ON room (colour);
