"""The report as a value: its parts, who may open which, what it is due. Pure."""
