"""Which fields each form has."""

from hearth.fields import Field

ROOM = (
    Field("name", "Name", required=True),
    Field("colour", "Colour of the walls", limit=30),
    Field("width", "Width in metres", kind="number"),
    Field("length", "Length in metres", kind="number"),
    Field("size_note", "Size in words, if nobody has measured it", limit=20),
    Field("floor", "Floor, 0 at street level", kind="number"),
)

FURNITURE = (
    Field("label", "Label", required=True),
    Field("room_id", "Room", kind="choice", required=True),
    Field("bought_on", "Bought on", kind="date"),
    Field("owner_name", "Owner"),
    Field("value", "Worth, as a whole number", kind="number", most=1_000_000),
    Field("value_note", "Worth in words, if nobody knows the number", limit=20),
    Field("condition", "Condition", kind="choice", required=True),
)

SALE = (Field("sold_on", "Sold on", kind="date", required=True),)

INSPECTION = (
    Field("done_on", "Inspected on", kind="date", required=True),
    Field("note", "Note", limit=500),
)
