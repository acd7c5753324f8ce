"""A sidebar beside a shop's chat client: phrases, clocks, follow-ups and the account of the shift."""

__version__ = "0.1.0"
