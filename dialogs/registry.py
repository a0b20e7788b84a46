"""Every dialog that can be walked on its own, by name."""

from dialogs.coming_back import come_back
from dialogs.danger import danger_now
from dialogs.domestic_abuse import domestic_abuse
from dialogs.equality import equality
from dialogs.feedback import feedback
from dialogs.information_pack import information_pack
from dialogs.keeping import what_we_keep
from dialogs.learn import learn
from dialogs.menu import find_help_or_pack, menu
from dialogs.play import Dialog
from dialogs.report import report
from dialogs.sexual_violence import sexual_violence
from dialogs.start import Start
from dialogs.worker_told import worker_told

DIALOGS: dict[str, Dialog[Start]] = {
    "menu": menu,
    "report": report,
    "sexual": sexual_violence,
    "partner": domestic_abuse,
    "told": worker_told,
    "help": find_help_or_pack,
    "danger": danger_now,
    "learn": learn,
    "pack": information_pack,
    "code": come_back,
    "feedback": feedback,
    "keeping": what_we_keep,
    "equality": equality,
}
