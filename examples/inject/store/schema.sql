CREATE TABLE IF NOT EXISTS books (
  id     INTEGER PRIMARY KEY,
  title  TEXT NOT NULL,
  author TEXT NOT NULL,
  reader TEXT NOT NULL DEFAULT '' -- who has it; empty when it is on the shelf
) STRICT;
