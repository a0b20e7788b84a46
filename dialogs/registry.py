"""Every dialog that can be walked on its own, by name."""

from dialogs.coming_back import come_back
from dialogs.danger import danger_now
from dialogs.equality import equality
from dialogs.feedback import feedback
from dialogs.information_pack import information_pack
from dialogs.keeping import what_we_keep
from dialogs.learn import learn
from dialogs.menu import find_help_or_pack, menu
from dialogs.play import Dialog
from dialogs.report import report
from dialogs.start import Start

DIALOGS: dict[str, Dialog[Start]] = {
    "menu": menu,
    "report": report,
    "help": find_help_or_pack,
    "danger": danger_now,
    "learn": learn,
    "pack": information_pack,
    "code": come_back,
    "feedback": feedback,
    "keeping": what_we_keep,
    "equality": equality,
}
