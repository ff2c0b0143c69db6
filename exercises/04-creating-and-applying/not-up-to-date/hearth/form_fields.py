"""Which fields each form has."""

from hearth.fields import Field

ROOM = (
    Field("name", "Name", required=True),
    Field("colour", "Colour of the walls", limit=30),
    Field("heating", "Heating", limit=20),
)

FURNITURE = (
    Field("name", "Name", required=True),
    Field("maker", "Maker", limit=60),
    Field("room_id", "Room", kind="choice", required=True),
)
