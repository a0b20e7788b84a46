"""Seal and open; keys; codes. The only place where `cryptography` is imported."""
