"""The smallest head a guide can have, for tests that add the one thing they are about."""

HEAD = """\
---
role: Data Engineer
level: all
category: Data
sources:
  bls:
    publisher: BLS
    page: Tables
    as_of: May 2023
---
"""
