from flask_migrate import Migrate

db = SQLAlchemy()
migrate = Migrate()
