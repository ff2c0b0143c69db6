from hearth.database import db, migrate


def create_app(config: Mapping[str, object] | None = None) -> Flask:
    """Build the app; this opens no connection, so the database stays as it is."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("DATABASE_URL") or "sqlite:///hearth.db"
    app.config.from_mapping(config or {})
    # Hearth has no login and no CSRF tokens, so whatever page your browser has open could post
    # to it. For a teaching app on your own machine that will do; a real app needs both.
    db.init_app(app)
    migrate.init_app(app, db)
    app.url_map.converters["row"] = RowId
    app.register_blueprint(pages)
    app.register_blueprint(furniture_pages)
    app.context_processor(schema.footer)
    errors.register(app)
    commands.register(app)
    return app
