"""From located records to the tables, by identity.

`staging` takes a file in, small step by small step, and `staged` reads it back; `ready` and
`keyed` say what a record is told by, `records` what its columns hold. `publish` goes through a
file batch by batch: `doors` puts its rows together, `held` reads what is stored of them,
`compare` plans, `write` and `bulk` carry the plan out, `outcome` counts it.
"""
