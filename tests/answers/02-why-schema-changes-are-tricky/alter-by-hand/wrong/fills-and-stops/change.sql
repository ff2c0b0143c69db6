ALTER TABLE furniture ADD COLUMN maker VARCHAR(60);

UPDATE room SET colour = 'unpainted' WHERE colour IS NULL;
