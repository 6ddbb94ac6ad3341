"""One page for the head of an organization: what is wrong, why, what to do, by when; `render` makes it.

`violations`, `decided`, `gaps` and `others` put findings of one policy and one kind together; `naming`
finds the words for items of the snapshot, `words` has all others; `page` puts the parts in the order they are read.
"""

from __future__ import annotations

from validator.render.organization_page.html import render as render
