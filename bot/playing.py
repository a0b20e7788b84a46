"""Playing a conversation's dialog: with what it is played, what its commands do, what it then shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from bot.answering import Table
from bot.commands import Guarded, Narrowing, Runners, Setting
from bot.encryption.keyring import KeyRing
from bot.facing import screen_of
from bot.logs import Log
from bot.messages import Shown
from bot.moves import fresh
from bot.randomness import Random, short_id
from bot.rendering import Voice
from bot.reopening import read_code
from bot.state import State
from bot.storage import agencies
from bot.storage.database import Database
from dialogs import overlays
from dialogs.crisis import Heard, hears_nothing, read_card
from dialogs.inputs import Stored
from dialogs.play import Played, play
from dialogs.registry import DIALOGS
from dialogs.script import Command, settled
from dialogs.start import Start
from dialogs.texts import Text
from services_directory.calendar import england
from services_directory.model import Directory

STEPS = 10  # commands and ends of dialogs one message may lead through


class NeedsPreparing(Exception):
    """A command was reached whose slow part has not been done; the transaction is undone and tried again."""

    def __init__(self, command: Command[Any]) -> None:
        super().__init__()
        self.command = command


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What every turn needs, from the composition root."""

    database: Database
    keyring: KeyRing
    directory: Directory = field(repr=False)
    voices: Mapping[str, Voice] = field(repr=False)
    runners: Runners
    clock: Callable[[], datetime]
    random: Random
    log: Log
    operator: str
    front: str  # the dialog every conversation begins with
    edition: str  # the fingerprint of all questions
    public_url: str = ""  # where people reach the web pages
    hears: Callable[[str], Heard] = hears_nothing  # words of crisis
    pushed: frozenset[str] = field(default_factory=frozenset)  # channels to which screens are sent


class Playing:
    """Plays dialogs for the house."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._holidays: dict[int, frozenset[date]] = {}

    def start(self, connection: Connection, state: State, channel: str) -> Start:
        now = self._house.clock()
        return Start(
            directory=self._house.directory,
            joined=agencies.joined_ids(connection),
            today=state.began,
            now=now,
            holidays=self._bank_holidays(now.year),
            channel=channel,
            operator=self._house.operator,
            poster=state.poster,
            public_url=self._house.public_url,
            read_code=read_code,
        )

    def _bank_holidays(self, year: int) -> frozenset[date]:
        """Those of the years around this one, worked out once."""
        if year not in self._holidays:
            self._holidays[year] = england(range(year - 1, year + 2))
        return self._holidays[year]

    def table(self, start: Start) -> Table:
        return Table(
            play=lambda state: self.play(state, start),
            voices=self._house.voices,
            today=self._house.clock().date(),
            new_draft=lambda: short_id(self._house.random, 4),
            front=self._house.front,
            hears=self._house.hears,
            person=overlays.a_person(start.directory),
        )

    def empty(self) -> State:
        return State(
            draft=short_id(self._house.random, 4),
            began=self._house.clock().date(),
            edition=self._house.edition,
            dialog=self._house.front,
        )

    def play(self, state: State, start: Start) -> Played:
        voice = self._house.voices[state.locale or "en"]
        return play(DIALOGS[state.dialog], start, state.answers, voice.binding)

    def run_commands(
        self, connection: Connection, setting: Setting, start: Start, prepared: Mapping[str, Any]
    ) -> tuple[State, Played]:
        """Play until a question waits; what commands give is recorded, and the end of a dialog is the menu again."""
        state = setting.state
        for _ in range(STEPS):
            played = self.play(state, start)
            if played.again:
                state = replace(state, answers=_until(played.again, state.answers))
            elif played.waiting is None:
                state = replace(fresh(state, self.table(start)), card=state.card, warned=state.warned)
            elif isinstance(played.waiting, Command):
                result = self._run(connection, played.waiting, replace(setting, state=state), prepared)
                told = _acted_upon(state, played, only=played.waiting.ends_a_story)
                state = replace(state, answers={**told, played.waiting.id: result}, before={})
            else:
                return state, played
        raise RuntimeError("a dialog ran too many commands")

    def _run(self, connection: Connection, command: Command[Any], setting: Setting, prepared: Mapping[str, Any]) -> Any:
        runner = self._house.runners[type(command)]
        refused = runner.at_once(connection, setting) if isinstance(runner, Guarded) else None
        if refused is not None:
            return refused
        if command.id not in prepared:
            if isinstance(runner, Narrowing):
                command = runner.narrowed(connection, command, setting)
            raise NeedsPreparing(command)
        return runner.run(connection, command, prepared[command.id], setting)

    def shown(self, state: State, played: Played, channel: str, notice: Text) -> Shown:
        screen = screen_of(state, played, channel, notice, directory=self._house.directory)
        return self._voice(state).show(screen, state.draft)

    def _voice(self, state: State) -> Voice:
        """The person's language; before one was chosen, that of the words a card answers, if it is spoken here."""
        card = read_card(state.card)
        heard = card.language if card and card.language in self._house.voices else "en"
        return self._house.voices[state.locale or heard]

    def harmless(self, state: State) -> Shown:
        voice = self._house.voices[state.locale or "en"]
        return voice.show(overlays.AFTER_HIDE, state.draft)


def _acted_upon(state: State, played: Played, *, only: bool) -> dict[str, Stored]:
    """What a command had before it, in the order it was given; with `only`, nothing is left of ways not taken."""
    told = {answer.question.id: answer.stored for answer in played.path} | settled(played.path)
    on_the_way = told.keys() | set(played.done)
    return {id: told.get(id, stored) for id, stored in state.answers.items() if not only or id in on_the_way}


def _until(id: str, answers: Mapping[str, Stored]) -> dict[str, Stored]:
    """The answers up to that of `id`, in the order in which they were given."""
    ids = list(answers)
    return {kept: answers[kept] for kept in ids[: ids.index(id) + 1]}
