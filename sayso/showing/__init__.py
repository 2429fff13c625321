"""Dossiers and readings for people."""
