"""How a host is asked: its robots.txt, its pace, its redirects. The server is real, only the waiting is not."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from presses import QUICK, Handler, Press, Reply, running

from digest.collect import Client, Guest, Manners
from digest.collect.errors import FetchError
from digest.collect.manners import REDIRECTS


@dataclass
class Watch:
    """A clock that only waiting moves on."""

    now: float = 0.0
    waits: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.now += seconds


def guest(watch: Watch | None = None, **manners: float) -> Guest:
    watch = watch or Watch()
    client = Client("digest-test/1", QUICK, private=True)
    return Guest(client, "digest-test", Manners(**{"delay": 0.0, **manners}), lambda: watch.now, watch.sleep)


def why(asker: Guest, address: str) -> tuple[str, bool, bool]:
    with pytest.raises(FetchError) as caught:
        asker.visit(address)
    return caught.value.reason, caught.value.again, caught.value.gone


def robots(press: Press, *lines: str) -> None:
    press.routes["/robots.txt"] = Reply("\n".join(lines), kind="text/plain")


# --- robots.txt -------------------------------------------------------------------------------------------------------


def test_robots_is_asked_first_once_and_obeyed(press: Press) -> None:
    robots(
        press,
        "User-agent: *",
        "Disallow: /",
        "",
        "User-agent: digest-test",
        "Disallow: /private",
        "Allow: /private/open",
    )
    press.routes["/a"] = press.routes["/private/open"] = Reply("fine")
    asker = guest()
    assert asker.visit(press.at("/a"))[0].body == b"fine"
    assert asker.visit(press.at("/private/open"))[0].body == b"fine"
    assert why(asker, press.at("/private/b")) == ("its robots.txt asks programs to stay away", False, False)
    assert [path for path, _ in press.asked] == ["/robots.txt", "/a", "/private/open"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418])
def test_without_robots_anything_may_be_asked(press: Press, status: int) -> None:
    press.routes["/robots.txt"] = Reply("User-agent: *\nDisallow: /", status)
    press.routes["/a"] = Reply("fine")
    assert guest().visit(press.at("/a"))[0].body == b"fine"


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_while_robots_cannot_be_had_nothing_is_asked(press: Press, status: int) -> None:
    press.routes["/robots.txt"] = Reply("", status)
    press.routes["/a"] = Reply("fine")
    asker = guest()
    for _ in range(2):
        assert why(asker, press.at("/a")) == (f"its robots.txt cannot be had now (status {status})", True, False)
    assert [path for path, _ in press.asked] == ["/robots.txt"]


def test_a_host_that_is_silent_is_given_up_for_the_run(press: Press) -> None:
    press.routes["/robots.txt"] = lambda handler: handler.server.ended.wait(30) and None
    asker = guest()
    for _ in range(2):
        assert why(asker, press.at("/a")) == ("it took too long to answer", True, False)
    assert [path for path, _ in press.asked] == ["/robots.txt"]


def test_robots_may_redirect_and_may_be_endless(press: Press, other: Press) -> None:
    press.routes["/robots.txt"] = Reply(status=301, headers={"Location": other.at("/r")})
    other.routes["/r"] = Reply("User-agent: *\nDisallow: /no\n" + "# and so on\n" * 100_000)
    press.routes["/a"] = Reply("fine")
    asker = guest()
    assert asker.visit(press.at("/a"))[0].body == b"fine"
    assert why(asker, press.at("/no"))[0] == "its robots.txt asks programs to stay away"


# --- the pace ---------------------------------------------------------------------------------------------------------


def test_between_two_requests_to_a_host_there_is_a_pause(press: Press, other: Press) -> None:
    for each in (press, other):
        each.routes["/a"] = Reply("fine")
    watch = Watch()
    asker = guest(watch, delay=3)
    asker.visit(press.at("/a"))
    asker.visit(press.at("/a"))
    assert watch.waits == [3, 3]
    asker.visit(other.at("/a", "localhost"))
    assert watch.waits == [3, 3, 3]


def test_a_host_may_ask_for_a_longer_pause(press: Press) -> None:
    robots(press, "User-agent: *", "Crawl-delay: 20")
    press.routes["/a"] = Reply("fine")
    watch = Watch()
    asker = guest(watch, delay=1)
    for _ in range(3):
        asker.visit(press.at("/a"))
    assert watch.waits == [1, 20, 20]


def test_who_asks_for_a_very_long_pause_is_asked_once_a_run(press: Press) -> None:
    robots(press, "User-agent: *", "Crawl-delay: 86400")
    press.routes["/a"] = Reply("fine")
    asker = guest(delay=1)
    assert asker.visit(press.at("/a"))[0].body == b"fine"
    assert why(asker, press.at("/a")) == ("it wants to be asked less often; the next run goes on", True, False)


def test_a_run_ends_in_time(press: Press) -> None:
    press.routes["/a"] = Reply("fine")
    watch = Watch()
    asker = guest(watch, delay=10, run=25)
    asker.visit(press.at("/a"))
    asker.visit(press.at("/a"))
    assert why(asker, press.at("/a")) == ("the time of this run is over; the next run goes on", True, False)


def test_who_is_stopped_asks_nobody(press: Press) -> None:
    asker = guest()
    asker.stop()
    assert why(asker, press.at("/a")) == ("the run was stopped", True, False)
    assert press.asked == []


@pytest.mark.parametrize("status", [429, 503])
def test_who_asks_to_wait_is_waited_for_once(press: Press, status: int) -> None:
    busy = [Reply(status=status, headers={"Retry-After": "7"}), Reply("fine")]
    press.routes["/a"] = lambda _: busy.pop(0)
    watch = Watch()
    assert guest(watch).visit(press.at("/a"))[0].body == b"fine"
    assert watch.waits == [7]


def test_a_moment_to_wait_for_is_told_by_the_hosts_own_clock(press: Press) -> None:
    # http.server says its Date itself, so this one is said by hand
    def route(handler: Handler) -> None:
        lines = [
            "HTTP/1.1 503 Busy",
            "Date: Tue, 06 May 2025 10:00:00 GMT",
            "Retry-After: Tue, 06 May 2025 10:00:09 GMT",
        ]
        handler.wfile.write("\r\n".join([*lines, "Content-Length: 0", "", ""]).encode())
        press.routes["/a"] = Reply("fine")

    press.routes["/a"] = route
    watch = Watch()
    guest(watch).visit(press.at("/a"))
    assert watch.waits == [9]


@pytest.mark.parametrize(("headers", "said"), [
    ({"Retry-After": "7"}, "it is busy (status 429) and asks to wait 7 seconds"),
    ({"Retry-After": "5000"}, "it is busy (status 429) and asks to wait 5,000 seconds"),
    ({"Retry-After": "soon"}, "it is busy (status 429)"),
    ({}, "it is busy (status 429)"),
])  # fmt: skip
def test_a_busy_host_is_left_alone_for_the_run(press: Press, headers: dict[str, str], said: str) -> None:
    press.routes["/a"] = Reply(status=429, headers=headers)
    asker = guest()
    assert why(asker, press.at("/a")) == (said, True, False)
    count = len(press.asked)
    assert why(asker, press.at("/b")) == (said, True, False)
    assert len(press.asked) == count


# --- redirects --------------------------------------------------------------------------------------------------------


def test_redirects_are_followed_to_another_host(press: Press, other: Press) -> None:
    press.routes["/a"] = Reply(status=302, headers={"Location": "/b"})
    press.routes["/b"] = Reply(status=307, headers={"Location": other.at("/c?utm_source=x", "localhost")})
    other.routes["/c"] = Reply("fine")
    answer, moved = guest().visit(press.at("/a"))
    assert (answer.body, answer.address, moved) == (b"fine", other.at("/c", "localhost"), None)


def test_a_feed_that_has_moved_for_good_says_where_to(press: Press) -> None:
    press.routes["/a"] = Reply(status=301, headers={"Location": "/b"})
    press.routes["/b"] = Reply(status=308, headers={"Location": "/c"})
    press.routes["/c"] = Reply(status=302, headers={"Location": "/d"})
    press.routes["/d"] = Reply("fine")
    assert guest().visit(press.at("/a"))[1] == press.at("/c")


def test_a_circle_of_redirects_ends(press: Press) -> None:
    press.routes["/a"] = Reply(status=302, headers={"Location": "/b"})
    press.routes["/b"] = Reply(status=302, headers={"Location": "/a"})
    assert why(guest(), press.at("/a")) == (f"it redirects more than {REDIRECTS} times", False, False)
    assert len(press.paths()) == REDIRECTS + 1


@pytest.mark.parametrize("target", [
    "file:///etc/passwd", "ftp://127.0.0.1/", "javascript:alert(1)", "http://user:word@127.0.0.1/", "//[",
    "http://127.0.0.1:99999/",
])  # fmt: skip
def test_nothing_but_the_web_is_followed(press: Press, target: str) -> None:
    press.routes["/a"] = Reply(status=302, headers={"Location": target})
    assert why(guest(), press.at("/a")) == ("it redirects to what is no address of the web", False, False)


def test_robots_of_where_a_redirect_leads_is_obeyed(press: Press, other: Press) -> None:
    press.routes["/a"] = Reply(status=302, headers={"Location": other.at("/b")})
    robots(other, "User-agent: *", "Disallow: /")
    assert why(guest(), press.at("/a"))[0] == "its robots.txt asks programs to stay away"
    assert other.paths() == []


def test_a_redirect_into_a_private_network_is_not_followed(press: Press) -> None:
    """The first host is let through as if it were public; the second is what it is."""

    class Halfway(Client):
        def get(self, address: str, *arguments: object, **named: object) -> object:  # type: ignore[override]
            self._private = "127.0.0.1" in address
            return super().get(address, *arguments, **named)  # type: ignore[arg-type]

    press.routes["/a"] = Reply(status=302, headers={"Location": press.at("/b", "localhost")})
    asker = Guest(Halfway("digest-test/1", QUICK), "digest-test", Manners(delay=0))
    assert why(asker, press.at("/a"))[0].startswith("it lies in a private network")
    assert press.paths() == ["/a"]


# --- other answers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "expected"), [
    (404, ("it is not there (any more) (status 404)", False, True)),
    (410, ("it is not there (any more) (status 410)", False, True)),
    (401, ("it asks for a login (status 401)", False, False)),
    (402, ("it asks for money (status 402)", False, False)),
    (403, ("it does not let programs in (status 403)", False, False)),
    (451, ("it is kept back by law (status 451)", False, False)),
    (418, ("it answers with status 418", False, False)),
    (204, ("it answers with status 204", False, False)),
    (302, ("it answers with status 302", False, False)),
    (408, ("it answers with status 408", True, False)),
    (500, ("it answers with status 500", True, False)),
])  # fmt: skip
def test_what_a_status_means(press: Press, status: int, expected: tuple[str, bool, bool]) -> None:
    press.routes["/a"] = Reply(status=status)
    assert why(guest(), press.at("/a")) == expected


def test_a_host_that_has_gone_is_told_once_for_all_its_pages() -> None:
    with running() as press:
        address = press.at("/a")
    asker = guest()
    for _ in range(2):
        assert why(asker, address) == ("it refuses the connection", True, False)
