"""Alerts by email, over SMTP."""

from email.message import EmailMessage

import aiosmtplib

from bot.alerts.words import AlertWords
from bot.config import Mail
from bot.errors import DeliveryError

PATIENCE = 20.0  # seconds
_FOR_EVER = range(500, 600)  # a mail server's codes for "never" (RFC 5321, 4.2.1)


class EmailAlerts:
    """Sends through one mail server."""

    def __init__(self, mail: Mail) -> None:
        self._mail = mail

    async def send(self, address: str, words: AlertWords) -> None:
        """Raises `DeliveryError`."""
        try:
            await aiosmtplib.send(
                _message(self._mail.sender, address, words),
                hostname=self._mail.host,
                port=self._mail.port,
                username=self._mail.user or None,
                password=self._mail.password or None,
                use_tls=self._mail.tls == "tls",
                start_tls=self._mail.tls == "starttls",
                timeout=PATIENCE,
            )
        except aiosmtplib.SMTPAuthenticationError:  # the operator will mend it
            raise DeliveryError from None
        except aiosmtplib.SMTPRecipientsRefused as refused:
            never = all(recipient.code in _FOR_EVER for recipient in refused.recipients)
            raise DeliveryError(permanent=never) from None
        except aiosmtplib.SMTPResponseException as refused:
            raise DeliveryError(permanent=refused.code in _FOR_EVER) from None
        except (aiosmtplib.SMTPException, OSError):
            raise DeliveryError from None
        except ValueError:  # no mail can be made for such an address
            raise DeliveryError(permanent=True) from None


def _message(sender: str, address: str, words: AlertWords) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, address, words.subject
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    message.set_content(words.body)
    return message
