class Furniture(db.Model):
    """A piece of furniture, which always stands in a room."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), index=True)
    bought_on: Mapped[date | None]
    owner: Mapped[str | None] = mapped_column(String(80))
    value: Mapped[int | None]

    room: Mapped[Room] = relationship(back_populates="furniture")
