"""Slash commands: one table for each area says how each is written, what it means and how it is explained."""
