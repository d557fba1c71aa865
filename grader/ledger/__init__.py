"""The durable record of a run: observations, verdicts and marks, one transaction for each submission."""

from grader.ledger.book import Entry, Ledger

__all__ = ["Entry", "Ledger"]
