ALTER TABLE furniture ADD COLUMN maker VARCHAR(60);

CREATE TEMPORARY TABLE kept AS SELECT * FROM room;
DROP TABLE room;
CREATE TABLE room (
    colour VARCHAR(30) NOT NULL,
    id INTEGER PRIMARY KEY,
    name VARCHAR(80) NOT NULL UNIQUE
);
INSERT INTO room (id, name, colour)
SELECT id, name, CASE WHEN colour IS NULL THEN 'unpainted' ELSE colour END FROM kept;
DROP TABLE kept;
CREATE INDEX by_colour ON room (colour)
