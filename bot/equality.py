"""Keeps answers to the equality questions: sealed to the monitoring agency, linked to no report, no chat, no day."""

import json

from sqlalchemy import Connection

from bot.commands import Quick, Setting
from bot.encryption.content import bind
from bot.encryption.keys import PublicKey
from bot.encryption.sealing import Purpose, seal
from bot.randomness import Random, new_id
from bot.storage import agencies, counts
from dialogs.commands import CountEquality
from dialogs.inputs import Stored
from services_directory.model import Directory


class Equality(Quick):
    """Carries out `CountEquality`."""

    def __init__(self, *, random: Random, directory: Directory) -> None:
        self._random = random
        self._directory = directory

    def run(self, connection: Connection, command: CountEquality, prepared: None, setting: Setting) -> Stored:
        """Nothing is kept where no monitoring agency has joined: nobody could read it."""
        monitor = agencies.joined(connection).get(self._directory.area(command.area).monitoring_agency)
        if monitor is None:
            return False
        content = json.dumps({"v": 1, "area": command.area, "answers": command.answers}).encode()
        key = PublicKey.from_bytes(monitor.public_key)
        row = counts.CountedRow(
            id=new_id(self._random),
            month=setting.now.strftime("%Y-%m"),
            sealed=seal(content, key, Purpose.EQUALITY, context=bind(monitor.id)),
        )
        counts.keep_equality(connection, row)
        return True
