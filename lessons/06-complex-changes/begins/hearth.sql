BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0008');
CREATE TABLE furniture (
	id INTEGER NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	room_id INTEGER NOT NULL, bought_on DATE, owner VARCHAR(80), value VARCHAR(20), 
	CONSTRAINT pk_furniture PRIMARY KEY (id), 
	CONSTRAINT fk_furniture_room_id_room FOREIGN KEY(room_id) REFERENCES room (id)
);
INSERT INTO "furniture" VALUES(1,'Oak table',1,'2011-05-14','Greta','about 400');
INSERT INTO "furniture" VALUES(2,'Chair',1,NULL,NULL,'15');
INSERT INTO "furniture" VALUES(3,'Dresser',1,'1998-09-01','Greta',NULL);
INSERT INTO "furniture" VALUES(4,'Green sofa',2,'2019-11-02','Tom O''Hara','1200');
INSERT INTO "furniture" VALUES(5,'Grandmother''s armchair',2,NULL,'Grandmother','priceless');
INSERT INTO "furniture" VALUES(6,'Piano',2,'1987-12-24','Zoë','900');
INSERT INTO "furniture" VALUES(7,'Brass bed',3,'2004-02-29','Greta','about 120');
INSERT INTO "furniture" VALUES(8,'Wardrobe',3,NULL,'Tom O''Hara',NULL);
INSERT INTO "furniture" VALUES(9,'Writing desk',4,'2022-03-08','Zoë','250');
INSERT INTO "furniture" VALUES(10,'Chair',4,'2022-03-08',NULL,'15');
INSERT INTO "furniture" VALUES(11,'Étagère',4,'2015-07-30','Zoë','60');
INSERT INTO "furniture" VALUES(12,'Sea chest',5,NULL,NULL,NULL);
CREATE TABLE inspection (
	id INTEGER NOT NULL, 
	room_id INTEGER NOT NULL, 
	done_on DATE NOT NULL, 
	note TEXT, 
	CONSTRAINT pk_inspection PRIMARY KEY (id), 
	CONSTRAINT fk_inspection_room_id_room FOREIGN KEY(room_id) REFERENCES room (id)
);
INSERT INTO "inspection" VALUES(1,1,'2025-10-04','Tap drips.');
INSERT INTO "inspection" VALUES(2,1,'2026-01-10',NULL);
INSERT INTO "inspection" VALUES(3,5,'2025-11-22','Roof is tight; one slate''s loose.');
CREATE TABLE "room" (
	id INTEGER NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	colour VARCHAR(30), 
	size VARCHAR(20) NOT NULL, floor INTEGER, 
	CONSTRAINT pk_room PRIMARY KEY (id), 
	CONSTRAINT uq_room_name UNIQUE (name)
);
INSERT INTO "room" VALUES(1,'Kitchen','sage green','4x3',0);
INSERT INTO "room" VALUES(2,'Living room','painter''s red','6x4',0);
INSERT INTO "room" VALUES(3,'Bedroom','bleu pâle','4x4',1);
INSERT INTO "room" VALUES(4,'Study',NULL,'3x2',1);
INSERT INTO "room" VALUES(5,'Attic',NULL,'unknown',NULL);
CREATE INDEX ix_furniture_room_id ON furniture (room_id);
COMMIT;
