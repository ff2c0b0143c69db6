BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE furniture (
	id INTEGER NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	room_id INTEGER NOT NULL, 
	CONSTRAINT pk_furniture PRIMARY KEY (id), 
	CONSTRAINT fk_furniture_room_id_room FOREIGN KEY(room_id) REFERENCES room (id)
);
INSERT INTO "furniture" VALUES(1,'Oak table',1);
INSERT INTO "furniture" VALUES(2,'Chair',1);
INSERT INTO "furniture" VALUES(3,'Dresser',1);
INSERT INTO "furniture" VALUES(4,'Green sofa',2);
INSERT INTO "furniture" VALUES(5,'Grandmother''s armchair',2);
INSERT INTO "furniture" VALUES(6,'Piano',2);
INSERT INTO "furniture" VALUES(7,'Brass bed',3);
INSERT INTO "furniture" VALUES(8,'Wardrobe',3);
INSERT INTO "furniture" VALUES(9,'Writing desk',4);
INSERT INTO "furniture" VALUES(10,'Chair',4);
INSERT INTO "furniture" VALUES(11,'Étagère',4);
INSERT INTO "furniture" VALUES(12,'Sea chest',5);
CREATE TABLE room (
	id INTEGER NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	colour VARCHAR(30), 
	CONSTRAINT pk_room PRIMARY KEY (id), 
	CONSTRAINT uq_room_name UNIQUE (name)
);
INSERT INTO "room" VALUES(1,'Kitchen','sage green');
INSERT INTO "room" VALUES(2,'Living room','painter''s red');
INSERT INTO "room" VALUES(3,'Bedroom','bleu pâle');
INSERT INTO "room" VALUES(4,'Study',NULL);
INSERT INTO "room" VALUES(5,'Attic',NULL);
COMMIT;
