"""The memory that files take on their way to us. How they are read is in `uploads.py`."""

from bot.attachments import MEBIBYTE

MOST_AT_ONCE = 160 * MEBIBYTE  # of files in all forms that are being read or answered


class Room:
    """The memory that files take on their way to us, all together: whoever comes when it is full is asked to wait."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._free = most

    def takes(self, size: int) -> bool:
        """Whether there was so much room; then it is taken."""
        if size > self._free:
            return False
        self._free -= size
        return True

    def gives_back(self, size: int) -> None:
        self._free += size


class Share:
    """What the files of one form take of the room: as much as has come of them."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._taken: dict[int, int] = {}

    def takes(self, position: int, size: int) -> bool:
        """Whether there was room for so much more of the file at this position."""
        if not self._room.takes(size):
            return False
        self._taken[position] = self._taken.get(position, 0) + size
        return True

    def gives_back(self, position: int) -> None:
        self._room.gives_back(self._taken.pop(position, 0))

    def ends(self) -> None:
        for position in tuple(self._taken):
            self.gives_back(position)
