"""Data inside a page: as it is when there is little of it, packed when there is much.

Packed is zlib's format in base64, which browsers unpack themselves. It holds no time and no name, so the same data
are the same bytes.
"""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING

from validator.render.web.shell import safe

if TYPE_CHECKING:
    from markupsafe import Markup

_PLAIN_BELOW = 300_000


def data_block(name: str, data: object, *, plain_below: int = _PLAIN_BELOW) -> Markup:
    """A `script` element that runs nothing; its `type` tells whether it is packed.

    Raises ValueError when `data` holds what JSON cannot.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if len(text) < plain_below:
        # Then no text can end the element, begin a comment or another script in it.
        told = text.replace("<", "\\u003c")
        return safe(f'<script type="application/json" id="{name}">{told}</script>')
    packed = base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")
    return safe(f'<script type="application/zlib" id="{name}">{packed}</script>')
