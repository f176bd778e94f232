"""E-mail through a server of ours; name and password come from the environment."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, time
from email.message import EmailMessage
from email.utils import format_datetime
from typing import ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from planner.review.notices.channel import SECONDS, Channel, Notice, NoticeError, channel

Security = Literal["starttls", "tls", "none"]


@channel
class Email(Channel):
    """Sends one message to everybody named."""

    label: ClassVar[str] = "e-mail"

    channel: Literal["e-mail"]
    """This channel."""
    server: str
    """Host of the mail server."""
    port: int = Field(587, gt=0, lt=65536)
    """Port of the mail server."""
    security: Security = "starttls"
    """How the line is encrypted; none only inside a network of your own."""
    sender: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")
    """Address it comes from."""
    to: tuple[str, ...] = Field(min_length=1)
    """Addresses it goes to."""
    user_from: str = ""
    """Variable of the environment that holds the account; empty: no sign-in."""
    password_from: str = ""
    """Variable of the environment that holds the password."""

    @model_validator(mode="after")
    def _signs_in_safely(self) -> Email:
        if bool(self.user_from) != bool(self.password_from):
            hint = "give both, or neither"
            raise PydanticCustomError("DOC004", "user_from and password_from go together", {"hint": hint})  # fmt: skip
        if self.password_from and self.security == "none":
            hint = "take starttls or tls"
            raise PydanticCustomError("DOC005", "no password is sent over an open line", {"hint": hint})  # fmt: skip
        return self

    def secrets(self) -> tuple[str, ...]:
        return tuple(name for name in (self.user_from, self.password_from) if name)

    def message(self, notice: Notice) -> str:
        return self._mail(notice).as_string()

    def send(self, notice: Notice, environment: Mapping[str, str]) -> None:
        account = tuple(self.value(name, environment) for name in self.secrets())
        try:
            with self._line() as line:
                if len(account) == 2:
                    line.login(account[0], account[1])
                line.send_message(self._mail(notice))
        except smtplib.SMTPResponseException as error:
            raise NoticeError("REV071", f"{self.server} answered {error.smtp_code}") from error
        except (OSError, smtplib.SMTPException) as error:
            why = f"{self.server} cannot be used: {type(error).__name__}"
            raise NoticeError("REV071", why) from error

    def _line(self) -> smtplib.SMTP:
        safe = ssl.create_default_context()
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.server, self.port, timeout=SECONDS, context=safe)
        line = smtplib.SMTP(self.server, self.port, timeout=SECONDS)
        if self.security == "starttls":
            try:
                line.starttls(context=safe)
            except BaseException:
                line.close()
                raise
        return line

    def _mail(self, notice: Notice) -> EmailMessage:
        """The message; its id follows from what it says, so a second copy is known as one."""
        mail = EmailMessage()
        mail["Subject"] = notice.heading
        mail["From"] = self.sender
        mail["To"] = ", ".join(self.to)
        mail["Date"] = format_datetime(datetime.combine(notice.day, time(), UTC))
        told = "\n".join((notice.heading, *notice.lines))
        digest = hashlib.sha256(f"{notice.day}\n{self.to}\n{told}".encode()).hexdigest()
        mail["Message-ID"] = f"<{digest[:32]}@{self.sender.rpartition('@')[2]}>"
        mail.set_content("\n".join(notice.lines) + "\n")
        return mail
