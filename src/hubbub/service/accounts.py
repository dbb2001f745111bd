"""Accounts: how people open them, prove that they have them, and give them up."""

import hashlib
