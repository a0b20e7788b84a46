"""Alerts say that something waits, how urgent it is and until when; never what, whose or of what kind."""
