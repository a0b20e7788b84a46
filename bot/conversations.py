"""One turn: load the answers, play, run commands, checkpoint, queue what must leave. All in one transaction.

What a person did is acknowledged only after this has returned.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.answering import Moved
from bot.commands import Setting
from bot.crisis import put_up
from bot.drafts import Draft, Drafts
from bot.errors import Conflict
from bot.leaving import Leaving
from bot.messages import Address, Did, Shown, Update
from bot.moves import fresh, leaves, move
from bot.playing import House, NeedsPreparing, Playing
from bot.privacy import settled, spoke_before
from bot.state import State, Unreadable
from bot.storage import blobs
from bot.storage import conversations as kept_conversations
from bot.storage.conversations import Kept
from dialogs import overlays
from dialogs.start import Start
from dialogs.texts import NOTHING, Text, text

_NOT_UNDERSTOOD = text("I did not understand that. Please try it another way.")
TIMES = 5  # tries of a turn that somebody else's write got in the way of


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """What a turn leaves to be sent: a screen, or a cleared chat with a harmless one.

    `waiting`: the outbox row, "" where the channel answers by itself. `screen`: the message that shows the last
    screen. `in_place`: whether that message is still the right place. `pressed`: the message whose
    button was tapped. `hide`: messages to delete first.
    """

    conversation: str
    shown: Shown
    waiting: str = ""
    screen: str = ""
    in_place: bool = False
    pressed: str = ""
    hide: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loaded:
    """A draft for one turn. `traces`: messages in the chat that a conversation lost by now had left there."""

    draft: Draft
    notice: Text = NOTHING
    traces: tuple[str, ...] = ()


class Conversations:
    """Takes turns."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._drafts = Drafts(house.keyring, house.random)
        self._playing = Playing(house)
        self._leaving = Leaving(keyring=house.keyring, random=house.random, directory=house.directory)

    async def turn(self, update: Update) -> Turned | None:
        """Handle `update` and make its effect durable; None if it was handled before.

        Raises `StorageError` if the database cannot take it, in which case the update must not be acknowledged.
        """
        prepared: dict[str, Any] = {}
        for _ in range(TIMES):
            try:
                return await self._house.database.unit(lambda c: self._take(c, update, prepared))
            except NeedsPreparing as needed:
                prepared[needed.command.id] = await self._house.runners[type(needed.command)].prepare(needed.command)
            except Conflict:
                await asyncio.sleep(0)
        raise Conflict

    async def look(self, address: Address) -> Shown | None:
        """The screen a person sees now; None if there is no conversation."""
        return await self._house.database.look(lambda c: self._look(c, address))

    async def conversation_id(self, address: Address) -> str | None:
        """The conversation a person's files are kept with; None if there is none yet, or not any more."""
        person = self._person(address)
        kept = await self._house.database.look(lambda c: kept_conversations.by_person(c, person))
        return None if kept is None or kept.expires_at <= self._house.clock() else kept.id

    async def over(self, address: Address) -> bool:
        """Whether there was a conversation that was begun, not finished, and is deleted by now."""
        person = self._person(address)
        kept = await self._house.database.look(lambda c: kept_conversations.by_person(c, person))
        return kept is not None and kept.unfinished and kept.expires_at <= self._house.clock()

    def leaves(self, did: Did) -> bool:
        """Whether this may be Exit, for which nothing is waited for."""
        return leaves(did, self._house.voices)

    def shown_again(self, connection: Connection, kept: Kept, *, hidden: bool) -> Shown:
        """The screen of a stored conversation, for sending it again; the harmless one if its chat was cleared."""
        state, notice = self._opened(kept)
        if hidden:
            return self._playing.harmless(state)
        channel = next(iter(self._house.pushed), "")
        return self._seen(connection, state, channel, notice)

    def _seen(self, connection: Connection, state: State, channel: str, notice: Text) -> Shown:
        """The screen of a state; the menu where its dialog is at fault."""
        start = self._playing.start(connection, state, channel)
        try:
            return self._playing.shown(state, self._playing.play(state, start), channel, notice)
        except Exception as fault:  # as in a turn: a dialog at fault must trap nobody
            self._house.log.failure("dialog-failed", fault)
        menu = replace(self._playing.empty(), locale=state.locale, draft=state.draft)
        return self._playing.shown(menu, self._playing.play(menu, start), channel, overlays.UNREADABLE)

    def _look(self, connection: Connection, address: Address) -> Shown | None:
        kept = kept_conversations.by_person(connection, self._person(address))
        if kept is None or kept.expires_at <= self._house.clock():
            return None
        state, notice = self._opened(kept)
        return self._seen(connection, state, address.channel, notice)

    def _opened(self, kept: Kept) -> tuple[State, Text]:
        try:
            return self._drafts.open(kept).state, NOTHING
        except Unreadable:
            return self._playing.empty(), overlays.UNREADABLE

    def _take(self, connection: Connection, update: Update, prepared: Mapping[str, Any]) -> Turned | None:
        now = self._house.clock()
        if not kept_conversations.first_time(connection, update.address.channel, update.id, now):
            return None
        loaded = self._load(connection, update, now)
        given = (self._playing.start(connection, loaded.draft.state, update.address.channel), prepared)
        moved, shown = self._moved(connection, loaded, update, given)
        sealed = self._drafts.sealed(loaded.draft, moved.state, now, address=update.address)
        (kept_conversations.begin if loaded.draft.new else kept_conversations.advance)(connection, sealed)
        if moved.state.draft != loaded.draft.state.draft:
            blobs.drop_all(connection, sealed.id)
        for message in {*loaded.traces, update.message, update.pressed} - {""}:
            kept_conversations.leave_trace(connection, sealed.id, message, now)
        waiting = self._queued(connection, update, loaded.draft.state, (moved, sealed))
        return self._turned(connection, update, sealed, (moved, shown, waiting))

    def _load(self, connection: Connection, update: Update, now: datetime) -> _Loaded:
        person = self._person(update.address)
        kept = kept_conversations.by_person(connection, person)
        if kept is None:
            state = replace(self._playing.empty(), gone=spoke_before(update.did))
            return _Loaded(draft=self._drafts.begin(person, state, now))
        if kept.expires_at <= now:
            return self._instead(connection, kept, now, gone=kept.unfinished)
        try:
            draft = self._drafts.open(kept)
        except Unreadable:
            self._house.log.warning("draft-unreadable")
            return self._instead(connection, kept, now, notice=overlays.UNREADABLE)
        return _Loaded(draft=replace(draft, state=self._leaving.known(connection, kept.id, draft.state)))

    def _instead(
        self, connection: Connection, kept: Kept, now: datetime, *, notice: Text = NOTHING, gone: bool = False
    ) -> _Loaded:
        """A new draft in place of one that is over or cannot be read; Exit still knows the old one's messages, and
        old messages are deleted as before. `gone`: answers were deleted with it."""
        traces = kept_conversations.traces_of(connection, kept.id)
        kept_conversations.forget(connection, kept.id)
        state = replace(self._playing.empty(), gone=gone, sweeps=kept.sweeps is not None)
        draft = self._drafts.begin(kept.person, state, now)
        draft = replace(draft, kept=replace(draft.kept, screen=kept.screen))
        return _Loaded(draft=draft, notice=notice, traces=traces)

    def _moved(
        self, connection: Connection, loaded: _Loaded, update: Update, given: tuple[Start, Mapping[str, Any]]
    ) -> tuple[Moved, Shown]:
        """The move and the screen after it. A dialog at fault traps nobody: what it did is undone, and the person
        is where they were, or, if not even that can be shown, at the menu."""
        try:
            with connection.begin_nested():
                return self._move(connection, loaded, update, given)
        except (NeedsPreparing, Conflict):
            raise
        except Exception as fault:
            self._house.log.failure("dialog-failed", fault)
        start, state = given[0], loaded.draft.state
        with suppress(Exception):
            return self._back_where_they_were(Moved(state=state, notice=_NOT_UNDERSTOOD), start, update)
        menu = fresh(state, self._playing.table(start))
        return self._back_where_they_were(Moved(state=menu, notice=overlays.UNREADABLE), start, update)

    def _back_where_they_were(self, moved: Moved, start: Start, update: Update) -> tuple[Moved, Shown]:
        played = self._playing.play(moved.state, start)
        return moved, self._playing.shown(moved.state, played, update.address.channel, moved.notice)

    def _move(
        self, connection: Connection, loaded: _Loaded, update: Update, given: tuple[Start, Mapping[str, Any]]
    ) -> tuple[Moved, Shown]:
        (start, prepared), draft = given, loaded.draft
        moved = move(draft.state, update.did, self._playing.table(start))
        kind = put_up(draft.state, moved.state)
        if kind:
            self._house.log.info("crisis-card", kind=kind)
        setting = Setting(
            conversation=draft.kept.id, address=update.address, state=moved.state, now=self._house.clock()
        )
        if moved.hide:
            return moved, self._playing.harmless(moved.state)
        state, played = self._playing.run_commands(connection, setting, start, prepared)
        state = settled(replace(state, edition=self._house.edition))
        changed = bool(draft.state.answers) and draft.state.edition != self._house.edition
        moved = replace(moved, state=state, notice=moved.notice or (overlays.CHANGED if changed else loaded.notice))
        return moved, self._playing.shown(state, played, update.address.channel, moved.notice)

    def _queued(self, connection: Connection, update: Update, before: State, after: tuple[Moved, Kept]) -> str:
        """The outbox row of the screen; "" where the channel answers by itself."""
        moved, kept = after
        if update.address.channel not in self._house.pushed:
            return ""
        setting = Setting(conversation=kept.id, address=update.address, state=moved.state, now=self._house.clock())
        self._leaving.beside(connection, before, moved, setting)
        return self._leaving.screen(connection, setting, hide=moved.hide)

    def _turned(self, connection: Connection, update: Update, kept: Kept, turn: tuple[Moved, Shown, str]) -> Turned:
        moved, shown, waiting = turn
        return Turned(
            conversation=kept.id,
            shown=shown,
            waiting=waiting,
            screen=kept.screen,
            in_place=bool(kept.screen) and update.pressed == kept.screen,
            pressed=update.pressed,
            hide=kept_conversations.traces_of(connection, kept.id) if moved.hide else (),
        )

    def _person(self, address: Address) -> bytes:
        return self._house.keyring.person_id(address.channel, address.who)
