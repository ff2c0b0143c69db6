-- What the removal firm's program sends. It was written before anybody asked what is fragile.
INSERT INTO furniture (name, room_id) VALUES
  ('Umbrella stand', (SELECT min(id) FROM room)),
  ('Hall mirror', (SELECT min(id) FROM room));
