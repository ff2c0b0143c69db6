"""A database in words: every table with its columns, keys, rules and indexes."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Inspector


def described(database: Inspector) -> dict[str, list[str]]:
    """Describe every table, as the database itself has it. A page that many open would not ask."""
    tables = sorted(database.get_table_names())
    return {name: [*columns(database, name), *rules(database, name)] for name in tables}


def columns(database: Inspector, table: str) -> Iterator[str]:
    """Describe each column: its type, and whether it is the key or must not be NULL."""
    key = database.get_pk_constraint(table)["constrained_columns"]
    for column in database.get_columns(table):
        rule = "PRIMARY KEY" if column["name"] in key else "" if column["nullable"] else "NOT NULL"
        yield f"{column['name']} {column['type']} {rule}".rstrip()


def rules(database: Inspector, table: str) -> Iterator[str]:
    """Describe each foreign key, unique rule, CHECK and index, with its name if it has one."""
    for key in database.get_foreign_keys(table):
        parent = f"{key['referred_table']} ({', '.join(key['referred_columns'])})"
        yield f"{called('FOREIGN KEY', key)} ({', '.join(key['constrained_columns'])}) → {parent}"
    for rule in database.get_unique_constraints(table):
        yield f"{called('UNIQUE', rule)} ({', '.join(rule['column_names'])})"
    for check in database.get_check_constraints(table):
        yield f"{called('CHECK', check)} ({check['sqltext']})"
    for index in database.get_indexes(table):
        if not index.get("duplicates_constraint"):  # PostgreSQL keeps a unique rule as an index
            parts = (str(part) for part in index["column_names"])
            kind = "UNIQUE INDEX" if index["unique"] else "INDEX"
            yield f"{called(kind, index)} ({', '.join(parts)})"


def called(kind: str, rule: Mapping[str, Any]) -> str:
    """Put the name of a rule behind its kind; a rule without a name is its kind alone."""
    return f"{kind} {rule['name']}" if rule["name"] else kind
