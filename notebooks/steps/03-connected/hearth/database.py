from sqlalchemy import MetaData

db = SQLAlchemy(metadata=MetaData(naming_convention=NAMES))
