"""Runs the migrations of one database file; a program of its own, started by `database.py`."""

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"


def configuration(path: Path) -> Config:
    """Alembic's configuration for the database in `path`."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("sqlalchemy.url", f"sqlite:///{path}")
    return config


if __name__ == "__main__":
    command.upgrade(configuration(Path(sys.argv[1])), "head")
