"""The book of a policy set as pages: one layout in blocks, turned into Markdown or HTML."""
