"""Which runner carries out which command."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.commands import Runners
from bot.encryption.keyring import KeyRing
from bot.encryption.passphrase import Cost
from bot.equality import Equality
from bot.feedback import SendingFeedback
from bot.filing import Filing
from bot.linked_chats import FindingLinks, LinkingChats, UnlinkingChats
from bot.linking import Linking
from bot.my_report import Reading, ReadingNews, Writing
from bot.my_sharing import Answering, Deleting, Sharing, Withdrawing
from bot.randomness import Random
from bot.rendering import Voice
from bot.reopening import Reopening
from bot.series import FilingInSeries
from bot.storage.database import Database
from dialogs.commands import CountEquality, FileReport
from dialogs.feedback_commands import SendFeedback
from dialogs.my_report_commands import (
    FindLinks,
    LinkChat,
    MarkRead,
    OpenReport,
    ReadNews,
    SendCorrection,
    SendLetter,
    UnlinkChat,
)
from dialogs.my_report_sharing_commands import AnswerRequest, DeleteReport, ShareWith, StopSharing
from services_directory.model import Directory


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """With what commands are carried out. `code_cost`: how hard a new code is stretched."""

    database: Database
    keyring: KeyRing
    directory: Directory = field(repr=False)
    voices: Mapping[str, Voice] = field(repr=False)
    random: Random
    code_cost: Cost


def runners(means: Means) -> Runners:
    """One runner for every kind of command."""
    random, directory, english = means.random, means.directory, means.voices["en"]
    linking = Linking(means.keyring, random)
    reopening = Reopening(keyring=means.keyring, database=means.database, cost=means.code_cost, random=random)
    filing = Filing(keyring=means.keyring, random=random, cost=means.code_cost, directory=directory, english=english)
    return {
        FileReport: FilingInSeries(filing=filing, reopening=reopening, random=random),
        CountEquality: Equality(random=random, directory=directory),
        OpenReport: reopening,
        ReadNews: ReadingNews(linking),
        FindLinks: FindingLinks(linking),
        LinkChat: LinkingChats(linking, directory),
        UnlinkChat: UnlinkingChats(linking),
        MarkRead: Reading(),
        SendFeedback: SendingFeedback(random=random, directory=directory, english=english),
        SendLetter: Writing(random=random, directory=directory),
        SendCorrection: Writing(random=random, directory=directory),
        ShareWith: Sharing(random=random, directory=directory),
        StopSharing: Withdrawing(random=random, directory=directory),
        AnswerRequest: Answering(random=random, directory=directory),
        DeleteReport: Deleting(random=random, directory=directory),
    }
