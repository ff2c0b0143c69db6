"""Reads the schema of a PostgreSQL database from its catalog.

`connection` is one of psycopg's, which nothing here imports. What belongs to no table (sequences,
types, functions, comments, …) comes into the schema's `objects`, under the name that PostgreSQL
itself has for it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from remodel.database.ddl import parse_create_table, plain
from remodel.database.reflection import same_type
from remodel.database.schema import INVALID, Column, ForeignKey, Index, Schema, Table

Row = tuple[Any, ...]
#: Objects that this database was given; those below are PostgreSQL's own (initdb gives no more).
FIRST_OWN = 16384

#: `name IN ('a', 'b')` is shown with casts to text around the list, and restored with casts in it.
_CAST = re.compile(r"(?P<word>'(?:[^']|'')*')|::(?:character varying|text)(?:\(\d+\))?(?:\[\])?")
_WORD_ALONE = re.compile(r"\(('(?:[^']|'')*')\)")
_LIST = re.compile(r"\((\(ARRAY\[(?:'(?:[^']|'')*'|[^'\[\]])*\]\))\)")

_TABLES = """
SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpersistence, c.relreplident,
       c.relrowsecurity, c.relforcerowsecurity, c.reloptions, pg_get_partkeydef(c.oid),
       pg_get_expr(c.relpartbound, c.oid),
       (SELECT array_agg(i.inhparent::regclass::text ORDER BY i.inhseqno)
        FROM pg_inherits i WHERE i.inhrelid = c.oid),
       c.relacl::text, coalesce(t.spcname, '')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_tablespace t ON t.oid = c.reltablespace
WHERE c.relkind IN ('r', 'p', 'f') AND c.oid >= {first} AND n.nspname !~ '^pg_' ORDER BY 2, 3
"""
_COLUMNS = """
SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
       pg_get_expr(d.adbin, d.adrelid), a.attgenerated, a.attidentity,
       CASE WHEN a.attcollation <> t.typcollation THEN l.collname END,
       a.attoptions, a.attacl::text,
       pg_get_serial_sequence(quote_ident(n.nspname) || '.' || quote_ident(c.relname), a.attname),
       a.attnum
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_collation l ON l.oid = a.attcollation
WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
_CONSTRAINTS = """
SELECT conname, contype, pg_get_constraintdef(oid), conkey, confrelid::regclass::text,
       (SELECT array_agg(a.attname ORDER BY k.place) FROM unnest(confkey) WITH ORDINALITY
        AS k (number, place) JOIN pg_attribute a ON (a.attrelid, a.attnum) = (confrelid, k.number)),
       confdeltype, confupdtype, condeferred
FROM pg_constraint WHERE conrelid = %s ORDER BY conname
"""
_INDEXES = """
SELECT c.relname, i.indisunique, i.indisprimary, pg_get_expr(i.indpred, i.indrelid),
       i.indnkeyatts, i.indnatts, a.amname, i.indisvalid, i.indnullsnotdistinct,
       c.reloptions, i.indexrelid, i.indisexclusion, i.indisclustered
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
WHERE i.indrelid = %s ORDER BY c.relname
"""
_PARTS = """
SELECT pg_get_indexdef(i.indexrelid, n, false), coalesce(i.indoption[n - 1], 0), coalesce(
       (SELECT o.opcname FROM pg_opclass o
        WHERE o.oid = i.indclass[n - 1] AND NOT o.opcdefault), ''),
       coalesce((SELECT l.collname FROM pg_collation l WHERE l.oid = i.indcollation[n - 1]
        AND l.oid IS DISTINCT FROM (SELECT a.attcollation FROM pg_attribute a
            WHERE a.attrelid = i.indrelid AND a.attnum = i.indkey[n - 1])
        AND i.indkey[n - 1] <> 0), '')
FROM pg_index i, generate_series(1, i.indnatts) AS n WHERE i.indexrelid = %s ORDER BY n
"""
_TRIGGERS = """
SELECT t.tgname, pg_get_triggerdef(t.oid), t.tgenabled FROM pg_trigger t WHERE NOT t.tgisinternal
"""
_VIEWS = """
SELECT n.nspname, c.relname, c.relkind, c.reloptions, pg_get_viewdef(c.oid),
       coalesce(c.relacl::text, ''),
       (SELECT string_agg(pg_get_indexdef(i.indexrelid), ' ' ORDER BY 1) FROM pg_index i
        WHERE i.indrelid = c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND c.oid >= {first} AND n.nspname !~ '^pg_'
"""
#: What an extension brought is said by its name alone.
_NOT_OF_AN_EXTENSION = (
    "NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = '{catalog}'::regclass "
    "AND e.objid = x.oid AND e.deptype = 'e')"
)
#: More that may differ: for each catalog, what tells one object of it from another of its name.
_OBJECTS = {
    "pg_namespace": "coalesce(x.nspacl::text, '')",
    "pg_extension": "x.extversion",
    "pg_type": (
        "CASE x.typtype WHEN 'e' THEN (SELECT string_agg(quote_literal(enumlabel), ', ' "
        "ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = x.oid) "
        "WHEN 'd' THEN concat_ws(' ', format_type(x.typbasetype, x.typtypmod), "
        "CASE WHEN x.typnotnull THEN 'NOT NULL' END, 'DEFAULT ' || x.typdefault, "
        "(SELECT string_agg(pg_get_constraintdef(c.oid), ' ' ORDER BY c.conname) "
        "FROM pg_constraint c WHERE c.contypid = x.oid AND c.contype = 'c')) "
        "ELSE (SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' "
        "ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = x.typrelid) END"
    ),
    "pg_proc": (
        "CASE WHEN x.prokind IN ('f', 'p') THEN pg_get_functiondef(x.oid) ELSE '' END "
        "|| coalesce(x.proacl::text, '')"
    ),
    "pg_policy": (
        "concat_ws(' ', x.polcmd, x.polpermissive, pg_get_expr(x.polqual, x.polrelid), "
        "pg_get_expr(x.polwithcheck, x.polrelid))"
    ),
    "pg_statistic_ext": "pg_get_statisticsobjdef(x.oid)",
    "pg_event_trigger": "concat_ws(' ', x.evtevent, x.evtenabled, x.evtfoid::regproc::text)",
    "pg_publication": "concat_ws(' ', x.puballtables, x.pubinsert, x.pubupdate, x.pubdelete)",
    "pg_default_acl": "x.defaclacl::text",
    **dict.fromkeys(
        (
            *("pg_cast", "pg_collation", "pg_conversion", "pg_foreign_data_wrapper"),
            *("pg_foreign_server", "pg_language", "pg_opclass", "pg_operator", "pg_opfamily"),
            *("pg_transform", "pg_ts_config", "pg_ts_dict", "pg_ts_parser", "pg_ts_template"),
        ),
        "''",
    ),
}
#: Types that tables, and PostgreSQL itself, make beside others.
_OWN_TYPES = (
    " AND (x.typtype IN ('e', 'd', 'r') OR x.typrelid IN "
    "(SELECT oid FROM pg_class WHERE relkind = 'c'))"
)
_SEQUENCES = """
SELECT s.seqrelid::regclass::text, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement,
       s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
       (SELECT d.refobjid::regclass::text || '.' || a.attname FROM pg_depend d
        JOIN pg_attribute a ON (a.attrelid, a.attnum) = (d.refobjid, d.refobjsubid)
        WHERE d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid
        AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0)
FROM pg_sequence s WHERE s.seqrelid >= {first}
"""
_COMMENTS = """
SELECT pg_describe_object(classoid, objoid, objsubid), description FROM pg_description
WHERE objoid >= {first} AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = classoid
    AND e.objid = objoid AND e.deptype = 'e')
UNION ALL SELECT 'the database', shobj_description(oid, 'pg_database') FROM pg_database
WHERE datname = current_database() AND shobj_description(oid, 'pg_database') IS NOT NULL
"""
_SETTINGS = """
SELECT unnest(s.setconfig) FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
WHERE d.datname = current_database() ORDER BY 1
"""
_RULES = """
SELECT r.rulename || ' on ' || r.ev_class::regclass::text, pg_get_ruledef(r.oid)
FROM pg_rewrite r WHERE r.rulename <> '_RETURN' AND r.oid >= {first}
"""
_INVALID = """
SELECT pg_get_indexdef(c.oid), quote_literal(quote_ident(n.nspname) || '.' || quote_ident(relname)),
       i.indisunique, i.indisready
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = relnamespace
WHERE NOT i.indisvalid AND c.relkind = 'i' AND c.oid >= {first} ORDER BY 1
"""
#: Every catalog that is read, those too of which a function of PostgreSQL's tells.
CATALOGS = frozenset(
    {
        *_OBJECTS,
        *("pg_attrdef", "pg_attribute", "pg_class", "pg_constraint", "pg_database", "pg_depend"),
        *("pg_aggregate", "pg_amop", "pg_amproc", "pg_description", "pg_enum", "pg_index"),
        *("pg_inherits", "pg_largeobject_metadata", "pg_partitioned_table", "pg_range"),
        *("pg_rewrite", "pg_sequence", "pg_shdescription", "pg_tablespace", "pg_trigger"),
        *("pg_db_role_setting", "pg_am"),
    }
)
_ACTIONS = {
    **{"a": "NO ACTION", "r": "RESTRICT", "c": "CASCADE"},
    **{"n": "SET NULL", "d": "SET DEFAULT"},
}
#: A constant that a column's default is, with the type that PostgreSQL writes behind it.
_CONSTANT = re.compile(r"(NULL|'(?:[^']|'')*'|-?[\d.]+|true|false)(::[\w\s.\"()\[\],]+)?")
_NUMBERED = {"a": "always", "d": "by default"}


def read_schema(connection: Any, version_table: str = "alembic_version") -> Schema:
    """The schema of the database behind `connection`, with Alembic's own table apart."""
    ask = _Asking(connection)
    tables = {table.name: table for table in map(_TableOf(ask).read, ask(_TABLES))}
    alembics = tables.pop(version_table, None)
    triggers = {
        name: plain(text) + ("" if enabled == "O" else f" enabled {enabled}")
        for name, text, enabled in ask(_TRIGGERS)
    }
    views = {
        _named(schema, name): " ".join((kind, *_listed(options), *map(plain, filter(None, texts))))
        for schema, name, kind, options, *texts in ask(_VIEWS)
    }
    return Schema(tables, triggers, views, version_table=alembics, objects=dict(_objects_of(ask)))


def invalid_indexes(connection: Any) -> Iterator[str]:
    """Statements that make each index again that a build has left half done.

    pg_dump leaves them out. None is made as unique, which its rows might refuse.
    """
    for definition, place, unique, ready in _Asking(connection)(_INVALID):
        yield definition.replace("CREATE UNIQUE", "CREATE", 1)
        yield (
            f"UPDATE pg_index SET indisvalid = false, indisunique = {unique}, "
            f"indisready = {ready} WHERE indexrelid = {place}::regclass"
        )


class _Asking:
    """Puts questions to a database."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __call__(self, question: str, *values: Any) -> list[Row]:
        with self._connection.cursor() as cursor:
            if values:
                cursor.execute(question, values)
            else:
                cursor.execute(question.replace("{first}", str(FIRST_OWN)))
            return [tuple(row) for row in cursor.fetchall()]


def _named(schema: str, name: str) -> str:
    return name if schema == "public" else f"{schema}.{name}"


def _listed(options: Iterable[str] | None) -> list[str]:
    return sorted(options or ())


class _TableOf:
    """Reads the tables of one database."""

    def __init__(self, ask: _Asking) -> None:
        self._ask = ask

    def read(self, row: Row) -> Table:
        """The table that a row of pg_class is about, with all that belongs to it."""
        oid, schema, name = row[:3]
        attributes = self._ask(_COLUMNS, oid)
        called = {number: column for column, *_, number in attributes}
        constraints = self._ask(_CONSTRAINTS, oid)
        primary = next(([called[k] for k in c[3]] for c in constraints if c[1] == "p"), [])
        rules: dict[str, frozenset[str]] = {}
        uniques, indexes, key = self._indexes(oid, constraints, rules)
        foreign = {_foreign_key(c, called): c[0] for c in constraints if c[1] == "f"}
        checks = {_check(c): c[0] for c in constraints if c[1] in "cx" or _unproven(c)}
        for each, its_name in foreign.items():
            _note(rules, f"foreign key ({', '.join(each.columns)})", its_name)
        for text, its_name in checks.items():
            _note(rules, f"check {text}", its_name)
        return Table(
            _named(schema, name),
            {a[0]: _column(a, primary) for a in attributes},
            frozenset(foreign),
            uniques,
            indexes,
            frozenset(checks),
            rules,
            key=key,
            options=frozenset(_options(row)),
        )

    def _indexes(
        self, oid: int, constraints: list[Row], rules: dict[str, frozenset[str]]
    ) -> tuple[frozenset[Index], frozenset[Index], Index]:
        uniques: set[Index] = set()
        indexes: set[Index] = set()
        key = Index(())
        delayed = {c[0]: _behind(c[2]) for c in constraints if c[1] in "pu"}
        for row in self._ask(_INDEXES, oid):
            name, unique, primary, *_ = row
            if row[11]:
                continue  # an exclusion constraint, which is among the checks
            index = self._index(row, delayed.get(name, ""))
            if primary:
                key = index
                _note(rules, f"primary key {Index(index.columns)}", name)
                continue
            if unique:
                columns = tuple(sorted(index.columns))
                index = Index(columns, index.where, "", index.more, written=index.columns)
            (uniques if unique else indexes).add(index)
            unfinished = "" if index.completed == index else INVALID
            bare = Index(index.columns, index.where, more=unfinished)
            _note(rules, f"{'unique' if unique else 'index'} {bare}", name)
        return frozenset(uniques), frozenset(indexes), key

    def _index(self, row: Row, delayed: str) -> Index:
        _, _, _, where, keys, _all, method, valid, nulls, options, oid, _, clustered = row
        parts = [_index_column(*part) for part in self._ask(_PARTS, oid)]
        more = [
            "" if method == "btree" else f"using {method}",
            f"include ({', '.join(parts[keys:])})" if parts[keys:] else "",
            "nulls not distinct" if nulls else "",
            delayed,
            *_listed(options),
            "clustered" if clustered else "",
            "" if valid else INVALID,
        ]
        its = plain(_settled(where or ""))
        return Index(tuple(parts[:keys]), its, "", " ".join(filter(None, more)))


def _index_column(text: str, order: int, operators: str, collation: str) -> str:
    # Bit 1: descending; bit 2: NULLs first, which is usual where it descends.
    descending = bool(order & 1)
    nulls_first = bool(order & 2)
    return "".join(
        (
            text,
            f" collate {collation}" if collation else "",
            f" {operators}" if operators else "",
            " desc" if descending else "",
            "" if nulls_first == descending else f" nulls {'first' if nulls_first else 'last'}",
        )
    )


def _note(rules: dict[str, frozenset[str]], rule: str, name: str) -> None:
    rules[rule] = rules.get(rule, frozenset()) | {name}


def _column(row: Row, primary: list[str]) -> Column:
    name, kind, required, default, generated, identity, collation, options, acl, serial, _ = row
    by_sequence = default is not None and serial is not None and "nextval(" in default
    made = {"s": "stored", "v": "virtual"}.get(generated)
    more = " ".join(filter(None, (*_listed(options), acl)))
    return Column(
        name,
        _type(kind) + (f" ({more})" if more else ""),
        not required,
        None if made or by_sequence or default is None else _default(default),
        primary.index(name) + 1 if name in primary else 0,
        collation,
        f"({plain(default)}) {made}" if made else None,
        numbered="by default" if by_sequence else _NUMBERED.get(identity, ""),
    )


def _type(kind: str) -> str:
    """A type by the word that SQLAlchemy has for it on every database."""
    if kind.startswith("timestamp"):
        return kind.upper().replace(" WITHOUT TIME ZONE", "").replace("TIMESTAMP", "DATETIME")
    return same_type(kind.upper().replace(" WITHOUT TIME ZONE", ""))


def _default(text: str) -> str | None:
    """What a default stores; one that is worked out is compared by its text."""
    constant = _CONSTANT.fullmatch(text)
    value = constant[1] if constant else text
    return {"NULL": None, "true": "1", "false": "0"}.get(value, value)


def _foreign_key(row: Row, called: Mapping[int, str]) -> ForeignKey:
    _, _, text, columns, parent, parents, deleted, updated, deferred = row
    more = re.sub(r"\b(ON (DELETE|UPDATE) (NO ACTION|RESTRICT|CASCADE|SET NULL|SET DEFAULT)"
                  r"|(INITIALLY )?DEFERRED)\b", "", _behind(text))  # fmt: skip
    return ForeignKey(
        tuple(called[number] for number in columns),
        str(parent),
        tuple(parents),
        _ACTIONS[deleted],
        _ACTIONS[updated],
        deferred,
        " ".join(more.split()),
    )


def _behind(text: str) -> str:
    """The words behind the columns of a constraint: NOT VALID, DEFERRABLE, and the like."""
    words = re.sub(r"^.*?REFERENCES [^(]*\([^)]*\)", "", text, count=1, flags=re.DOTALL)
    return " ".join(words.rpartition(")")[2].split()) if words == text else words.strip()


def _settled(text: str) -> str:
    """An expression as it is after a restore, too: a list of words gets other casts there."""
    bare = _CAST.sub(lambda found: found["word"] or "", text)
    return _LIST.sub(r"\1", _WORD_ALONE.sub(r"\1", bare))


def _unproven(constraint: Row) -> bool:
    """Whether a NOT NULL, which the column tells, holds for new rows alone."""
    return constraint[1] == "n" and bool(re.search(r"NOT VALID|NO INHERIT", constraint[2]))


def _check(constraint: Row) -> str:
    text = _settled(str(constraint[2]))
    if constraint[1] != "c":
        return plain(text)
    (rule,) = parse_create_table(f"CREATE TABLE t ({text})").of_kind("check")
    behind = _behind(text)
    return f"{rule.condition} {behind.lower()}".strip()


def _options(row: Row) -> Iterator[str]:
    """The words that a table has besides its definition."""
    (
        _,
        _,
        _,
        kind,
        persistence,
        replica,
        secured,
        forced,
        options,
        key,
        bound,
        parents,
        acl,
        space,
    ) = row
    for word, holds in (
        ("unlogged", persistence == "u"),
        ("foreign", kind == "f"),
        ("row level security", secured),
        ("forced row level security", forced),
        (f"partition by {key}", key),
        (f"partition {bound}", bound),
        (f"inherits {', '.join(parents or ())}", parents),
        (f"replica identity {replica}", replica not in "dn"),
        (f"granted {acl}", acl),
        (f"tablespace {space}", space),
    ):
        if holds:
            yield word
    yield from options or ()


def _objects_of(ask: _Asking) -> Iterator[tuple[str, str]]:
    """What is in the database and in no table."""
    for catalog, definition in _OBJECTS.items():
        where = _NOT_OF_AN_EXTENSION.format(catalog=catalog)
        where += _OWN_TYPES if catalog == "pg_type" else ""
        yield from ask(
            f"SELECT 'the ' || pg_describe_object('{catalog}'::regclass, x.oid, 0), {definition} "
            f"FROM {catalog} x WHERE x.oid >= {FIRST_OWN} AND {where}"
        )
    for name, *settings, owner in ask(_SEQUENCES):
        usual = settings[1:4] == [1, 1, 1] and settings[5:] == [1, False]
        if not (owner and usual):  # that a column is numbered says as much
            yield f"the sequence {owner or name}", " ".join(map(str, settings))
    yield from ((f"the comment on {what}", text) for what, text in ask(_COMMENTS))
    for setting in ask(_SETTINGS):
        name, _, value = setting[0].partition("=")
        yield f"the setting {name} of the database", value
    yield from ((f"the rule {name}", plain(text)) for name, text in ask(_RULES))
    ((count,),) = ask("SELECT count(*) FROM pg_largeobject_metadata")
    if count:
        yield "the number of large objects", str(count)
