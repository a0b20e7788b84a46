"""Values that do not print."""


class Hidden:
    """A secret: its repr, and with it its str and its place in an f-string, is `<hidden>`."""

    # The subclasses are dataclasses with `repr=False`, so this method is not replaced by a generated one.
    __slots__ = ()

    def __repr__(self) -> str:
        return "<hidden>"
