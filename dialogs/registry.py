"""Every dialog that can be walked on its own, by name."""

from dialogs.coming_back import come_back
from dialogs.danger import danger_now
from dialogs.equality import equality
from dialogs.feedback import feedback
from dialogs.keeping import what_we_keep
from dialogs.menu import menu
from dialogs.play import Dialog
from dialogs.report import report
from dialogs.start import Start

DIALOGS: dict[str, Dialog[Start]] = {
    "menu": menu,
    "report": report,
    "danger": danger_now,
    "code": come_back,
    "feedback": feedback,
    "keeping": what_we_keep,
    "equality": equality,
}
