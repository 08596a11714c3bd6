"""Lists of members as federations keep them: their columns, what a row means, and whom of the register it means.

``columns`` declares the table, ``rows`` makes a person of a row, ``register`` finds whom the register knows already,
``judging`` decides what becomes of each row, ``kept`` and ``files`` hold what must survive a break, encrypted.
"""
