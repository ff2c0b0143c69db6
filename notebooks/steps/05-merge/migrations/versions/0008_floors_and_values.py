down_revision = ("0006", "0007")
