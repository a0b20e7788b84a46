"""The one way in which opening fails."""


class CannotOpen(Exception):
    """Refused: wrong key, wrong context, damaged, or of an unknown version."""

    # One class and one sentence for all causes. Whoever offers us a forged value must not learn which check
    # refused it, and an exception that never takes a value can never print one.
    def __init__(self) -> None:
        super().__init__(type(self).__doc__)
