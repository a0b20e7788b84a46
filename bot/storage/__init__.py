"""Tables and the statements that touch them, a file for each noun; the only place that knows SQL."""
