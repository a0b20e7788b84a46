"""Carries out what a reporter wishes about linking their chat."""

from sqlalchemy import Connection

from bot.commands import Quick, Setting
from bot.linking import Linking, Wishes
from bot.storage import links, reports
from dialogs.inputs import Stored
from dialogs.my_report_commands import FindLinks, LinkChat, UnlinkChat
from services_directory.model import Directory


class FindingLinks(Quick):
    """Carries out `FindLinks`."""

    def __init__(self, linking: Linking) -> None:
        self._linking = linking

    def run(self, connection: Connection, command: FindLinks, prepared: None, setting: Setting) -> Stored:
        """The reports of this chat, newest first, each with its reporter's key."""
        found = links.of_person(connection, self._linking.person(setting.address))
        opened = ((linked.report, self._linking.wishes(linked)) for linked in found)
        return [{"report": report, "key": wishes.key} for report, wishes in opened if wishes]


class LinkingChats(Quick):
    """Carries out `LinkChat`."""

    def __init__(self, linking: Linking, directory: Directory) -> None:
        self._linking = linking
        self._directory = directory

    def run(self, connection: Connection, command: LinkChat, prepared: None, setting: Setting) -> Stored:
        report = command.opened.report
        if reports.deleted(connection, report):
            return False
        wishes = Wishes(
            channel=setting.address.channel,
            who=setting.address.who,
            key=command.opened.key,
            locale=setting.state.locale,
            words=command.words,
            hours=command.hours,
            zone=self._directory.area(reports.area_of(connection, report)).time_zone,
        )
        self._linking.link(connection, report, wishes, setting.now)
        return True


class UnlinkingChats(Quick):
    """Carries out `UnlinkChat`."""

    def __init__(self, linking: Linking) -> None:
        self._linking = linking

    def run(self, connection: Connection, command: UnlinkChat, prepared: None, setting: Setting) -> Stored:
        self._linking.unlink(connection, command.opened.report, setting.address, setting.now)
        return True
