"""The roll-up of a batch: figures by region, municipality, kind of organization and policy.

`accumulate.RollUp` adds up the judgements of one organization after another and makes the table; `suppress` keeps
small numbers of persons out of it; `persons` says which policies count persons.
"""
