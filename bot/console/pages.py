"""Templates become pages: escaped by default, and a name that is missing is a fault, not a gap."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.console import words

HOME = "/console"  # where the pages are mounted
_HERE = Path(__file__).parent


class Pages:
    """The templates and the stylesheet, read once."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals["home"] = HOME
        self._templates.filters.update(size=words.size, language=words.language, moment=words.moment)
        self.style = (_HERE / "style.css").read_bytes()

    def render(self, template: str, **values: Any) -> str:
        return self._templates.get_template(template).render(**values)
