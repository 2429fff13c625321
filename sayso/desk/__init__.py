"""Keeping and finding: one append-only ledger, one interface, knowing only the model."""
