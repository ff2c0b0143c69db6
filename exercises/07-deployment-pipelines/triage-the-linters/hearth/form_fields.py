"""Which fields each form has."""

from hearth.fields import Field

ROOM = (
    Field("name", "Name", required=True),
    Field("colour", "Colour of the walls", limit=30),
    Field("size", "Size, such as 4x3", limit=20, required=True),
    Field("floor", "Floor, 0 at street level", kind="number"),
)

FURNITURE = (
    Field("name", "Name", required=True),
    Field("room_id", "Room", kind="choice", required=True),
    Field("bought_on", "Bought on", kind="date"),
    Field("owner", "Owner", required=True),
    Field("value", "Worth, such as about 120", limit=20),
)

INSPECTION = (
    Field("done_on", "Inspected on", kind="date", required=True),
    Field("note", "Note", limit=500),
)
