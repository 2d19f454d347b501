"""The demo world: a believable network on 29 July 2025, out of our own fixtures.

``world.load()`` fills an empty installation; ``letter.mended_letter_values()`` is how the seed letter reads once it
has been mended. Texts and names stand in ``data/``. Organisations that exist are public facts; all people, all
addresses and the organisations marked ``invented`` are not real.
"""
