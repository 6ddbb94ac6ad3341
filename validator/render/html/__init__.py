"""The summary page of a run for a regional body: one file that needs nothing else.

`page.render` writes it; `island` packs the findings, `words` says everything in both languages.
"""

from validator.render.html.page import render as render
