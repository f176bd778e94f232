"""Notices, through a real HTTP server and a real mail server: what arrives, and what is never told."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from pydantic import TypeAdapter, ValidationError

from planner.review.notices import REGISTERED, AnyChannel
from planner.review.notices.channel import Channel, Notice, Told, tell

NOTICE = Notice("Review due: <reference>", ("Order 4 × b200-buy by 2027-02-11", "Prices & terms moved"), date(2027, 1, 4))  # fmt: skip
TOKEN = "T0SECRET/B0SECRET/xyzzy"
VARIABLE = "PLANNER_TEST_HOOK"


def made(**settings: Any) -> Channel:
    """A channel as it stands in a review's file."""
    found: Channel = TypeAdapter(AnyChannel).validate_python(settings)
    return found


HOOK = made(channel="webhook", url_from=VARIABLE)


@dataclass
class Received:
    """What a server was sent: path, content type and body of every request."""

    url: str
    requests: list[tuple[str, str, bytes]] = field(default_factory=list)


@contextmanager
def server(answer: int = 200, location: str = "") -> Iterator[Received]:
    """A real HTTP server on a free port of this machine, answering every POST the same."""
    received = Received("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.requests.append((self.path, self.headers["Content-Type"], body))
            self.send_response(answer)
            if location:
                self.send_header("Location", location)
            self.end_headers()

        def log_message(self, *told: Any) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        received.url = f"http://127.0.0.1:{running.server_port}/services/{TOKEN}"
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        try:
            yield received
        finally:
            running.shutdown()
            thread.join()


def test_a_webhook_receives_slacks_json() -> None:
    """Slack reads an object with a text, in which &, < and > are written as entities."""
    with server() as received:
        (told,) = tell(NOTICE, [HOOK], {VARIABLE: received.url})
    assert told == Told("webhook", NOTICE.subject, True)
    ((path, kind, body),) = received.requests
    assert (path, kind) == (f"/services/{TOKEN}", "application/json; charset=utf-8")
    lines = json.loads(body)["text"].split("\n")
    assert lines == ["*Review due: &lt;reference&gt;*", "Order 4 × b200-buy by 2027-02-11", "Prices &amp; terms moved"]  # fmt: skip


def test_a_dry_run_sends_nothing_and_shows_what_would_go_out_without_the_address() -> None:
    with server() as received:
        (told,) = tell(NOTICE, [HOOK], {VARIABLE: received.url}, dry_run=True)
    assert received.requests == []
    assert (told.sent, told.why) == (False, "dry run")
    assert "b200-buy" in told.message
    assert_untold(told)


def test_a_dry_run_names_the_variables_that_are_missing() -> None:
    (told,) = tell(NOTICE, [HOOK], {}, dry_run=True)
    assert told.why == f"REV070: not set: {VARIABLE}"


def assert_untold(told: Told) -> None:
    """No part of the secret address is anywhere in what is kept or shown."""
    shown = f"{told!r} {told.as_data()}"
    assert not [part for part in (TOKEN, "T0SECRET", "B0SECRET", "xyzzy") if part in shown]


@pytest.mark.parametrize("answer", [400, 404, 410, 500, 503])
def test_a_webhook_that_refuses_is_recorded_with_its_answer_and_without_its_address(
    answer: int,
) -> None:
    with server(answer) as received:
        (told,) = tell(NOTICE, [HOOK], {VARIABLE: received.url})
    assert (told.sent, told.why) == (False, f"REV071: the webhook answered {answer}")
    assert_untold(told)


@pytest.mark.parametrize("answer", [301, 302, 303, 307, 308])
def test_a_notice_follows_no_redirect(answer: int) -> None:
    with server() as elsewhere, server(answer, elsewhere.url) as received:
        (told,) = tell(NOTICE, [HOOK], {VARIABLE: received.url})
    assert (told.sent, elsewhere.requests) == (False, [])
    assert_untold(told)


def test_a_server_that_is_not_there_is_recorded() -> None:
    with server() as received:
        gone = received.url
    (told,) = tell(NOTICE, [HOOK], {VARIABLE: gone})
    assert told.why.startswith("REV071: the webhook cannot be reached: ConnectionRefusedError")
    assert_untold(told)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("", "REV070"),
        (f"hooks.example.com/{TOKEN}", "REV072"),
        (f"file:///{TOKEN}", "REV072"),
        (f"http://[::1/{TOKEN}", "REV071"),
        (f"http://127.0.0.1:99999/{TOKEN}", "REV071"),
        (f"http://127.0.0.1/{TOKEN} and more", "REV071"),
        (f"http://no-such-host.invalid/{TOKEN}", "REV071"),
    ],
)
def test_a_bad_address_is_named_and_not_shown(address: str, code: str) -> None:
    (told,) = tell(NOTICE, [HOOK], {VARIABLE: address})
    assert (told.sent, told.why[:6]) == (False, code)
    assert_untold(told)


def test_one_channel_that_fails_leaves_the_others_their_notice() -> None:
    broken = made(channel="webhook", url_from="PLANNER_TEST_NOT_SET")
    with server() as received:
        told = tell(NOTICE, [broken, HOOK], {VARIABLE: received.url})
    assert [one.sent for one in told] == [False, True]
    assert len(received.requests) == 1


def test_whatever_a_channel_meets_is_an_answer() -> None:
    """Even a mistake of our own inside a channel must not fail the review it tells of."""

    class Broken(type(HOOK)):  # type: ignore[misc]
        def send(self, notice: Notice, environment: Any) -> None:
            raise RuntimeError(f"lost {environment[VARIABLE]}")

    broken = Broken(channel="webhook", url_from=VARIABLE)
    (told,) = tell(NOTICE, [broken], {VARIABLE: f"https://hooks.example.com/{TOKEN}"})
    assert (told.sent, told.why) == (False, "REV071: RuntimeError: lost ***")


class Inbox:
    """Keeps every message a mail server takes."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], Any]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append((envelope.rcpt_tos, mail))
        return "250 taken"


@contextmanager
def mail_server(**options: Any) -> Iterator[tuple[Inbox, int]]:
    """A real mail server on a free port of this machine."""
    inbox = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield inbox, port
    finally:
        controller.stop()


def mail(port: int, **more: Any) -> Channel:
    return made(channel="e-mail", server="127.0.0.1", port=port, sender="planner@example.com", to=["a@example.com", "b@example.com"], **more)  # fmt: skip


def test_a_mail_arrives_at_everybody_named_with_its_subject_and_lines() -> None:
    with mail_server() as (inbox, port):
        told = tell(NOTICE, [mail(port, security="none")] * 2, {})
    assert told == [Told("e-mail", NOTICE.subject, True)] * 2
    (to, first), (_, second) = inbox.taken
    assert to == ["a@example.com", "b@example.com"]
    assert (first["Subject"], first["From"]) == (NOTICE.subject, "planner@example.com")
    assert first["Date"].datetime.date() == NOTICE.day
    assert first.get_content().splitlines() == list(NOTICE.lines)
    assert first["Message-ID"] == second["Message-ID"], "a second copy is known as one"


def test_a_subject_cannot_bring_headers_of_its_own() -> None:
    sly = Notice("Review\r\nBcc: everybody@example.com", (), NOTICE.day)
    with mail_server() as (inbox, port):
        tell(sly, [mail(port, security="none")], {})
    ((to, taken),) = inbox.taken
    assert (to, taken["Bcc"]) == (["a@example.com", "b@example.com"], None)
    assert taken["Subject"] == "Review Bcc: everybody@example.com"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 and its key."""
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", str(key), "-out", str(cert), "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]  # fmt: skip
    try:
        subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is missing: apt-get install openssl")
    return cert, key


def secured(certificate: tuple[Path, Path]) -> dict[str, Any]:
    """Options of a server that demands encryption, then the account planner-robot with the password hush."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)

    def signed_in(server: Any, session: Any, envelope: Any, how: str, data: Any) -> AuthResult:
        return AuthResult(
            success=(data.login, data.password) == (b"planner-robot", b"hush-hush"), handled=False
        )

    return {"tls_context": context, "require_starttls": True, "authenticator": signed_in, "auth_required": True}  # fmt: skip


ACCOUNT = {"user_from": "PLANNER_TEST_USER", "password_from": "PLANNER_TEST_PASSWORD"}


def test_a_mail_is_encrypted_and_signed_in_with_what_the_environment_holds(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The right password goes through; the wrong one is refused with 535, and neither is told."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with mail_server(**secured(certificate)) as (inbox, port):
        right, wrong = (
            tell(NOTICE, [mail(port, **ACCOUNT)], {"PLANNER_TEST_USER": "planner-robot", "PLANNER_TEST_PASSWORD": password})[0]
            for password in ("hush-hush", "open-sesame")
        )  # fmt: skip
    assert (right.sent, len(inbox.taken)) == (True, 1)
    assert (wrong.sent, wrong.why) == (False, "REV071: 127.0.0.1 answered 535")
    assert "sesame" not in f"{wrong!r}"


def test_nothing_is_sent_to_a_server_whose_certificate_nobody_vouches_for(
    certificate: tuple[Path, Path],
) -> None:
    with mail_server(**secured(certificate)) as (inbox, port):
        (told,) = tell(NOTICE, [mail(port)], {})
    assert (told.sent, inbox.taken) == (False, [])
    assert told.why == "REV071: 127.0.0.1 cannot be used: SSLCertVerificationError"


@pytest.mark.parametrize(
    "settings",
    [
        {"channel": "fax", "number": "1"},
        {"channel": "webhook"},
        {"channel": "webhook", "url": "https://hooks.example.com/secret"},
        {"channel": "e-mail", "server": "m", "sender": "nobody", "to": ["a@example.com"]},
        {"channel": "e-mail", "server": "m", "sender": "a@example.com", "to": []},
        {"channel": "e-mail", "server": "m", "sender": "a@example.com", "to": ["a@example.com"], "user_from": "U"},
        {"channel": "e-mail", "server": "m", "sender": "a@example.com", "to": ["a@example.com"], **ACCOUNT, "security": "none"},
    ],
    ids=["unknown channel", "no variable", "a secret in the file", "no sender", "nobody", "half an account", "an open line"],
)  # fmt: skip
def test_settings_that_cannot_work_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        made(**settings)


def test_every_channel_is_found_by_its_file() -> None:
    assert {kind.label for kind in REGISTERED} == {"webhook", "e-mail"}
