"""A webhook that takes Slack's JSON: one object with a ``text``; its address is the secret."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any, ClassVar, Literal
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from planner.review.notices.channel import SECONDS, Channel, Notice, NoticeError, channel

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
"""What Slack reads as markup unless written so."""


class _NoRedirect(HTTPRedirectHandler):
    """A notice goes where it was addressed or nowhere."""

    def redirect_request(self, *told: Any, **named: Any) -> None:
        return None


@channel
class Webhook(Channel):
    """Posts JSON to an address."""

    label: ClassVar[str] = "webhook"

    channel: Literal["webhook"]
    """This channel."""
    url_from: str
    """Variable of the environment that holds the address."""

    def secrets(self) -> tuple[str, ...]:
        return (self.url_from,)

    def message(self, notice: Notice) -> str:
        text = "\n".join((f"*{_escaped(notice.heading)}*", *map(_escaped, notice.lines)))
        return json.dumps({"text": text}, ensure_ascii=False)

    def send(self, notice: Notice, environment: Mapping[str, str]) -> None:
        url = self.value(self.url_from, environment).strip()
        if urlsplit(url).scheme not in ("http", "https"):
            raise NoticeError("REV072", f"the variable {self.url_from} holds no http or https address")  # fmt: skip
        body = self.message(notice).encode()
        heads = {"Content-Type": "application/json; charset=utf-8"}
        try:
            request = Request(url, data=body, headers=heads, method="POST")
            with build_opener(_NoRedirect).open(request, timeout=SECONDS):
                return
        except HTTPError as error:
            raise NoticeError("REV071", f"the webhook answered {error.code}") from error
        except (OSError, HTTPException, ValueError) as error:
            reason = getattr(error, "reason", error)
            why = f"the webhook cannot be reached: {type(reason).__name__}: {reason}"
            raise NoticeError("REV071", why) from error


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(letter, letter) for letter in text)
