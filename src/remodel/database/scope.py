"""What SQLite keeps about a schema: what of it is compared, and what deliberately is not."""

from dataclasses import dataclass

#: Settings that migrate with the file, each with what it is.
SETTINGS = {
    "application_id": "a number by which programs know their files",
    "auto_vacuum": "whether the file shrinks by itself",
    "encoding": "how texts are stored",
    "user_version": "a number that the app may keep",
}
#: What the reader asks of tables: all that these PRAGMAs tell is compared, but for NOT_COMPARED.
ASKED = (
    "foreign_key_check",
    "foreign_key_list",
    "index_list",
    "index_xinfo",
    "quick_check",
    "table_xinfo",
)
#: Columns of sqlite_schema that are compared.
COLUMNS = ("type", "name", "tbl_name", "sql")


@dataclass(frozen=True)
class NotCompared:
    """Something that SQLite keeps and nobody compares. `pragmas` and `columns` show it."""

    what: str
    reason: str
    pragmas: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


NOT_COMPARED = (
    NotCompared(
        "the order of columns, constraints and tables",
        "SQL names what it wants: a column that was added last is as good as a second one.",
    ),
    NotCompared(
        "space, comments, case and quotes in the text of a definition",
        "They mean nothing.",
    ),
    NotCompared(
        "MATCH of a foreign key",
        "SQLite reads the word and treats every key as MATCH SIMPLE.",
    ),
    NotCompared(
        "ON CONFLICT of a CHECK",
        "SQLite reads the words and refuses the row all the same.",
    ),
    NotCompared(
        "the numbers in `sqlite_sequence`",
        "Two ways to the same rows may number them differently. AUTOINCREMENT itself is compared, "
        "which ids are given is tried out, and a row there that belongs to no table is refused.",
    ),
    NotCompared(
        "`sqlite_stat1` and its like",
        "ANALYZE counts rows for the planner. It changes no answer, and a migration may run it. "
        "What stands in them is taken out after each command.",
        ("analysis_limit", "optimize"),
    ),
    NotCompared(
        "where things lie in the file: pages and free pages",
        "VACUUM changes it, and every write does. What stands where SQLite keeps nothing is taken "
        "out after each command.",
        (
            *("freelist_count", "incremental_vacuum", "max_page_count", "page_count", "page_size"),
            "default_cache_size",
        ),
        ("rootpage",),
    ),
    NotCompared(
        "the counter of schema changes",
        "Two ways to the same schema take a different number of steps.",
        ("schema_version", "data_version"),
    ),
    NotCompared(
        "the journal: WAL or not",
        "It is how the engine writes. An app may choose it whenever it connects.",
        (
            *("journal_mode", "journal_size_limit", "wal_autocheckpoint", "wal_checkpoint"),
            *("checkpoint_fullfsync", "fullfsync", "synchronous"),
        ),
    ),
    NotCompared(
        "settings of one connection",
        "They are in no file: the next connection does not have them.",
        (
            *("automatic_index", "busy_timeout", "cache_size", "cache_spill"),
            *("case_sensitive_like", "cell_size_check", "count_changes", "defer_foreign_keys"),
            *("empty_result_callbacks", "foreign_keys", "full_column_names", "hard_heap_limit"),
            *("ignore_check_constraints", "legacy_alter_table", "locking_mode", "mmap_size"),
            *("query_only", "read_uncommitted", "recursive_triggers"),
            *("reverse_unordered_selects", "secure_delete", "short_column_names"),
            *("shrink_memory", "soft_heap_limit", "temp_store", "temp_store_directory"),
            *("threads", "trusted_schema", "writable_schema", "data_store_directory"),
            *("lock_proxy_file", "lock_status", "key", "rekey", "stats"),
            *("parser_trace", "vdbe_addoptrace", "vdbe_debug", "vdbe_eqp", "vdbe_listing"),
            "vdbe_trace",
        ),
    ),
    NotCompared(
        "what the SQLite on this machine can do",
        "It belongs to the program, not to the database.",
        (
            *("collation_list", "compile_options", "database_list", "function_list"),
            *("module_list", "pragma_list"),
        ),
    ),
    NotCompared(
        "shorter forms of questions that are asked",
        "They tell nothing that the longer ones do not tell.",
        ("index_info", "integrity_check", "table_info", "table_list"),
    ),
)
#: The same of PostgreSQL: `columns` has its catalogs.
NOT_COMPARED_ON_POSTGRESQL = (
    NotCompared(
        "what the planner knows of the rows",
        "ANALYZE counts them. It changes no answer, and a migration may run it.",
        columns=("pg_statistic", "pg_statistic_ext_data"),
    ),
    NotCompared(
        "accounts, and what belongs to the whole server",
        "They are in no database: the next one of the server has them, too.",
        columns=(
            *("pg_authid", "pg_auth_members", "pg_parameter_acl", "pg_shdepend", "pg_shseclabel"),
            *("pg_replication_origin", "pg_subscription", "pg_subscription_rel"),
        ),
    ),
    NotCompared(
        "what was there when an object was made",
        "It tells how an extension or a system began, and no answer depends on it.",
        columns=("pg_init_privs", "pg_seclabel"),
    ),
    NotCompared(
        "the bytes of large objects",
        "How many there are is compared. Rows that point at one are the app's own affair.",
        columns=("pg_largeobject",),
    ),
    NotCompared(
        "the parts of a publication or of a text search, and users of other servers",
        "That the whole is there is compared, and no lesson has one.",
        columns=(
            *("pg_foreign_table", "pg_publication_namespace", "pg_publication_rel"),
            *("pg_ts_config_map", "pg_user_mapping"),
        ),
    ),
)
