"""One SQLite database, read from outside: its schema, its rows, and how two of them differ."""
