"""Which fields each form has."""

from hearth.fields import Field

ROOM = (Field("name", "Name", required=True),)

FURNITURE = (
    Field("name", "Name", required=True),
    Field("room_id", "Room", kind="choice", required=True),
)
