"""Pages that need nothing else: no request, no font, no image; they work from a disk.

The policy of a page says so to the browser, too: nothing may be loaded, and only the style and the script of that
file run, known by their digests. Every text goes through the escaping of the template engine; no text is ever a
template.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from validator.logic.text import Language
from validator.render.safe import one_line

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


class Shell:
    """The templates, styles and scripts of one folder; what every page needs is filled in.

    Raises ModuleNotFoundError when the template engine (`sverka[report]`) is not installed.
    """

    def __init__(self, folder: Path, filters: Mapping[str, Callable[..., object]] | None = None) -> None:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - an extra

        self._folders = (folder, Path(__file__).with_name("templates"))
        self.environment: Environment = Environment(
            loader=FileSystemLoader(self._folders, encoding="utf-8"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.environment.filters["flat"] = one_line
        self.environment.filters.update(filters or {})

    def page(
        self,
        template: str,
        language: Language,
        styles: Iterable[str],
        scripts: Iterable[str],
        **content: object,
    ) -> str:
        """A whole page, ending with LF.

        `styles` and `scripts` name files of the folder, or of the shared one, put one after another. The template
        finds `language`, `style`, `script`, `policy` (the content security policy) and the content.
        """
        style = "".join(self._asset(name) for name in styles)
        script = "".join(self._asset(name) for name in scripts)
        text = self.environment.get_template(template).render(
            language=language,
            style=safe(style),
            script=safe(script),
            policy=safe(_security_policy(style, script)),
            **content,
        )
        return text if text.endswith("\n") else text + "\n"

    def _asset(self, name: str) -> str:
        file = next(folder / name for folder in self._folders if (folder / name).is_file())
        return file.read_text(encoding="utf-8")


def safe(text: str) -> Markup:
    """A text of this package, not of any policy or snapshot, that is markup already."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with the template engine

    return Markup(text)


def _security_policy(style: str, script: str) -> str:
    scripts = f"script-src '{_digest(script)}'" if script else "script-src 'none'"
    return f"default-src 'none'; style-src '{_digest(style)}'; {scripts}; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    """The digest by which a content security policy knows an inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
