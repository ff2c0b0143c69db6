"""How the number of a row is read from the address of its page."""

from werkzeug.routing import IntegerConverter, Map


class RowId(IntegerConverter):
    """A row's number, no larger than an INTEGER column holds on every database."""

    regex = r"\d{1,10}"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=2**31 - 1)
