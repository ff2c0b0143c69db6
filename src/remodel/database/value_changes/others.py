"""What happens to numbers, to yes and no, to days, to moments, to keys, and to NULL."""

import struct
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from remodel.database.value_changes.change import KINDS, Change, Value, ValueChange, null, on


def _integer(name: str, code: str, change: Change, *examples: int) -> ValueChange:
    return ValueChange(name, code, ("integer",), on(int, change), examples)


def _number(name: str, code: str, change: Change, *examples: float) -> ValueChange:
    return ValueChange(name, code, ("number",), on((int, float), change), examples)


def _boolean(name: str, code: str, change: Change, *examples: int) -> ValueChange:
    return ValueChange(name, code, ("boolean",), on(int, change), examples)


def _key(name: str, code: str, change: Change, *examples: int) -> ValueChange:
    return ValueChange(name, code, ("key",), on(int, change), examples)


def _day(name: str, code: str, change: Callable[[date], Any], *examples: str) -> ValueChange:
    return ValueChange(name, code, ("date",), on(str, _read(date, change)), examples)


def _moment(name: str, code: str, change: Callable[[datetime], Any], example: str) -> ValueChange:
    return ValueChange(name, code, ("moment",), on(str, _read(datetime, change)), (example,))


def _read(type_: type[date], change: Callable[[Any], Any]) -> Change:
    """`change` of the day or moment that SQLite stores as text."""

    def changed(text: str) -> Value:
        with suppress(ValueError, OverflowError):
            after = change(type_.fromisoformat(text))
            if isinstance(after, datetime):
                return after.isoformat(" ", "microseconds")
            return after.isoformat() if isinstance(after, date) else after
        return None  # what a conversion makes of a day that it cannot hold

    return changed


def _single(number: float) -> float:
    return float(struct.unpack("f", struct.pack("f", number))[0])


def _within(least: float, most: float) -> Change:
    return lambda number: max(least, min(number, most))


def _filled(new: Value) -> Change:
    return lambda value: new if value is None else value


def _two_digits(day: date) -> date:
    year = day.year % 100
    return day.replace(year=year + (2000 if year < 69 else 1900))


INTEGERS = (
    _integer("without its sign", "ABS(value), an UNSIGNED column", abs, -1),
    _integer("sign turned round", "-value", lambda n: -n, 1),
    _integer("at least 0", "MAX(value, 0)", lambda n: max(n, 0), -1),
    _integer(
        "below 0 to NULL",
        "CASE WHEN value >= 0 THEN value END",
        lambda n: n if n >= 0 else None,
        -1,
    ),
    _integer("0 to NULL", "NULLIF(value, 0), value or None", null(0), 0),
    _integer("-1 to NULL", "NULLIF(value, -1)", null(-1), -1),
    _integer("99 to NULL", "NULLIF(value, 99)", null(99), 99),
    _integer("at least 1", "MAX(value, 1)", lambda n: max(n, 1), 0),
    _integer("as yes or no", "bool(value), a BOOLEAN column", lambda n: int(bool(n)), 2),
    _integer("one less", "counted from 0", lambda n: n - 1, 1),
    _integer("one more", "counted from 1", lambda n: n + 1, 1),
    _integer("at most 9", "MIN(value, 9)", _within(-9, 9), 12),
    _integer("at most 127", "a TINYINT column", _within(-128, 127), 999),
    _integer("at most 999", "the number field of a form", _within(-999, 999), 4321),
    _integer("at most 32,767", "a SMALLINT column", _within(-(2**15), 2**15 - 1), 40_321),
    _integer("low 16 bits", "struct.pack('h', …)", lambda n: (n + 2**15) % 2**16 - 2**15, 40_321),
    _integer("a 32-bit float", "a REAL column of PostgreSQL", lambda n: int(_single(n)), 2**31 - 1),
    _integer(
        "a 32-bit float, below 0",
        "a REAL column of PostgreSQL",
        lambda n: int(_single(n)) if n < 0 else n,
        1 - 2**31,
    ),
    _integer("rounded to tens", "ROUND(value, -1)", lambda n: round(n, -1), 12),
    _integer("last digit only", "value % 10", lambda n: n % 10, 12),
    _integer("as text", "CAST(value AS TEXT)", str, 2),
    _integer("as a float", "a column of pandas that has a NULL", float, 2),
)

NUMBERS = (
    _number("whole numbers", "CAST(value AS INTEGER)", int, 0.5),
    _number("rounded to tenths", "ROUND(value, 1)", lambda n: round(n, 1), 0.25),
    _number("rounded to cents", "ROUND(value, 2), NUMERIC(8, 2)", lambda n: round(n, 2), 0.125),
    _number("rounded to thousandths", "NUMERIC(10, 3)", lambda n: round(n, 3), 0.0625),
    _number("a 32-bit float", "a REAL column of PostgreSQL", _single, 0.1),
    _number("without its sign", "ABS(value)", abs, -1.5),
    _number("0 to NULL", "NULLIF(value, 0)", null(0), 0),
    _number("a hundred times", "cents for euros", lambda n: n * 100, 0.5),
    _number("at most 9,999", "NUMERIC(6, 2)", _within(-9999, 9999), 99999.5),
    _number("at most 999,999", "NUMERIC(8, 2)", _within(-999_999, 999_999), 1234567.5),
    _number("as text", "CAST(value AS TEXT)", str, 0.5),
)

BOOLEANS = (
    _boolean("turned round", "NOT value", lambda n: int(not n), 1),
    _boolean("true to false", "the default of a new column", lambda n: 0, 1),
    _boolean("false to true", "bool('0'), bool('False')", lambda n: 1, 0),
    _boolean("false to NULL", "value or None", null(0), 0),
    _boolean("as a word", "str(value)", lambda n: str(bool(n)), 1),
    _boolean("as -1", "a database of Access", lambda n: -n, 1),
)

DAYS = (
    _day("a day earlier", "midnight, read west of it", lambda d: d - timedelta(1), "2024-02-29"),
    _day("a day later", "midnight, read east of it", lambda d: d + timedelta(1), "2024-02-29"),
    _day(
        "first of the month", "date_trunc('month', value)", lambda d: d.replace(day=1), "2024-02-29"
    ),
    _day(
        "first of the year",
        "strftime('%Y-01-01', value)",
        lambda d: d.replace(month=1, day=1),
        "2024-02-29",
    ),
    _day("year alone", "strftime('%Y', value)", lambda d: d.year, "2024-02-29"),
    _day(
        "day for month",
        "strptime(value, '%m/%d/%Y')",
        lambda d: d.replace(month=d.day, day=d.month) if d.day <= 12 else d,
        "2023-03-04",
    ),
    _day("two-digit years", "strptime(value, '%d.%m.%y')", _two_digits, "1950-06-15"),
    _day("not before 1970", "a Unix time stamp", lambda d: max(d, date(1970, 1, 1)), "1950-06-15"),
    _day(
        "not after 2038",
        "a time stamp of 32 bits",
        lambda d: min(d, date(2038, 1, 19)),
        "2040-06-15",
    ),
    _day(
        "not before 1900",
        "a cell of a spreadsheet",
        lambda d: max(d, date(1900, 1, 1)),
        "1868-05-01",
    ),
    _day(
        "years without zeros",
        "f'{day.year}-{day:%m-%d}', strftime on Linux",
        lambda d: f"{d.year}-{d:%m-%d}",
        "0987-04-01",
    ),
    _day("not after 2261", "a day of pandas", lambda d: min(d, date(2261, 12, 31)), "9999-12-31"),
    _day(
        "the day 0 to NULL",
        "datetime.fromtimestamp(0)",
        lambda d: None if d == date(1970, 1, 1) else d,
        "1970-01-01",
    ),
    _day(
        "the last day to NULL",
        "9999-12-31, taken for never",
        lambda d: None if d == date(9999, 12, 31) else d,
        "9999-12-31",
    ),
    _day(
        "the first day to NULL",
        "0001-01-01, taken for none",
        lambda d: None if d == date(1, 1, 1) else d,
        "0001-01-01",
    ),
    _day(
        "29 February to 28",
        "value.replace(year=…)",
        lambda d: d.replace(day=28) if (d.month, d.day) == (2, 29) else d,
        "2024-02-29",
    ),
    _day(
        "another calendar before 1582",
        "a Date of Java",
        lambda d: d + timedelta(5) if d.year < 1582 else d,
        "1452-04-15",
    ),
    _day("with a time", "a DATETIME column", lambda d: f"{d} 00:00:00.000000", "2024-02-29"),
    _day("without hyphens", "strftime('%Y%m%d', value)", lambda d: f"{d:%Y%m%d}", "2024-02-29"),
    _day(
        "as people write it", "strftime('%d.%m.%Y', value)", lambda d: f"{d:%d.%m.%Y}", "2024-02-29"
    ),
    _day("as a number", "julianday(value)", lambda d: d.toordinal(), "2024-02-29"),
)

_LATE = "2024-02-29 23:59:59.999999"
MOMENTS = (
    _moment(
        "time lost",
        "a DATE column",
        lambda m: m.replace(hour=0, minute=0, second=0, microsecond=0),
        _LATE,
    ),
    _moment("seconds lost", "a form's field", lambda m: m.replace(second=0, microsecond=0), _LATE),
    _moment("microseconds lost", "a DATETIME of MySQL", lambda m: m.replace(microsecond=0), _LATE),
    _moment(
        "milliseconds alone",
        "a Date of JavaScript",
        lambda m: m.replace(microsecond=m.microsecond // 1000 * 1000),
        _LATE,
    ),
    _moment("an hour later", "a time zone, applied twice", lambda m: m + timedelta(hours=1), _LATE),
    _moment(
        "an hour earlier", "UTC, taken for local time", lambda m: m - timedelta(hours=1), _LATE
    ),
    _moment(
        "not before 1970",
        "a Unix time stamp",
        lambda m: max(m, datetime(1970, 1, 1)),
        "1950-06-15 12:00:00.000000",
    ),
    _moment(
        "not after 2038",
        "a TIMESTAMP of MySQL",
        lambda m: min(m, datetime(2038, 1, 19)),
        "2040-06-15 12:00:00.000000",
    ),
    _moment("with a T", "value.isoformat()", lambda m: m.isoformat("T", "microseconds"), _LATE),
)

KEYS = (
    _key("one less", "rows counted from 0", lambda n: n - 1, 2),
    _key(
        "the hundred first alone",
        "LIMIT 100, the first page",
        lambda n: n if n <= 100 else None,
        101,
    ),
    _key(
        "the thousand first alone",
        "a batch that is never followed by the next",
        lambda n: n if n <= 1000 else None,
        1001,
    ),
    _key("at most 32,767", "a SMALLINT column", _within(0, 2**15 - 1), 40_321),
    _key("low 16 bits", "struct.pack('H', …)", lambda n: n % 2**16, 80_321),
    _key("a 32-bit float", "a REAL column", lambda n: int(_single(n)), 2**31 - 4321),
    _key("as text", "CAST(id AS TEXT)", str, 2),
)

#: What one statement does to a whole column.
ALL = (
    ValueChange(
        "the same for all",
        "UPDATE … SET value = 1, and no WHERE",
        KINDS,
        lambda _: 1,
        ("oak desk", 2, 0, 0.5, "2024-02-29", _LATE),
    ),
    ValueChange(
        "NULL for all",
        "DROP COLUMN, then ADD COLUMN",
        KINDS,
        lambda _: None,
        ("oak desk", 2, 1, 0.5, "2024-02-29", _LATE),
    ),
)

NULLS = tuple(
    ValueChange(f"NULL to {show}", f"COALESCE(value, {show})", kinds, _filled(new), (None,))
    for show, new, kinds in (
        ("''", "", ("text",)),
        ("'unknown'", "unknown", ("text",)),
        ("'None'", "None", ("text",)),
        ("0", 0, ("integer", "number", "boolean", "key")),
        ("1", 1, ("integer", "boolean", "key")),
        ("-1", -1, ("integer", "number")),
        ("'1970-01-01'", "1970-01-01", ("date",)),
        ("CURRENT_TIMESTAMP", "2026-01-01 00:00:00", ("date", "moment")),
    )
)

OTHERS = (*INTEGERS, *NUMBERS, *BOOLEANS, *DAYS, *MOMENTS, *KEYS, *NULLS, *ALL)
