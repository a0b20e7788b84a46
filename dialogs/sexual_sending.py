"""The end of a report of sexual violence or of harm at home: the check, the receipt, and in any case who helps."""

from dialogs.choices import Option
from dialogs.receipt import give_receipt
from dialogs.report_check import ToSend, check_and_send
from dialogs.script import Say
from dialogs.sexual_services import choose_help, only_help
from dialogs.sexual_told import SEXUAL_VIOLENCE, Told
from dialogs.start import Start

ONWARD = (  # at the agency that would receive it
    Option("on", "Go on"),
    Option("accused", "They are part of this"),
    Option("stop", "Only show who can help"),
)


async def send_or_help(start: Start, told: Told, ready: ToSend, need: str = SEXUAL_VIOLENCE) -> None:
    """Sends what was shown once the person says so; then, and also if they do not, shows who helps."""
    receipt = await check_and_send(start, ready)
    if receipt is None:
        await only_help(start, told, need)
        return
    await give_receipt(start, receipt, ready)
    await Say("Thank you for telling us.")
    if told.mine:
        await Say("What they did is not your fault.")
    await choose_help(start, told, need)
