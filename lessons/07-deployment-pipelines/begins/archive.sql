BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0014');
CREATE TABLE sold (
	id INTEGER NOT NULL, 
	what VARCHAR(80) NOT NULL, 
	sold_on DATE NOT NULL, 
	CONSTRAINT pk_sold PRIMARY KEY (id)
);
COMMIT;
