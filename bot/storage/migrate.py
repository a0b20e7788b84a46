"""Runs the migrations of one database file; a program of its own, started by `database.py`."""

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL

FOLDER = Path(__file__).parent / "migrations"


def configuration(path: Path) -> Config:
    """Alembic's configuration for the database in `path`."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    url = URL.create("sqlite", database=str(path)).render_as_string()
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))  # Alembic's options are interpolated
    return config


if __name__ == "__main__":
    command.upgrade(configuration(Path(sys.argv[1])), "head")
