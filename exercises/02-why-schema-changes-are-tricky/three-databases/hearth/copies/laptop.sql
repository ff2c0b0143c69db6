ALTER TABLE furniture ADD COLUMN maker VARCHAR(60);
UPDATE furniture SET maker = 'Thonet' WHERE id = (SELECT min(id) FROM furniture);
UPDATE furniture SET maker = 'O''Hara & Søn: 1890' WHERE id = (SELECT max(id) FROM furniture);
