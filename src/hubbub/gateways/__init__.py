"""Conversations that clients hold over transports, one protocol a package."""
