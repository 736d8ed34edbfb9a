"""Measure how fast articles are read, and that no text takes more than its length in time.

``python tools/bench.py [FOLDER]`` reads the articles in FOLDER, else some made of the examples, as ``digest annotate``
does: one processor, nothing stored, the start of the program included. Then it reads texts of the worst shapes, each
once and four times as long. Every number is CPU time beside that of a fixed loop in Python, so that two machines, or a
busy and a quiet hour, can be compared; nothing is asserted.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from digest import articles, language, read

ROOT = Path(__file__).parent.parent
ARTICLES = 700
LENGTH = 4_400  # characters of a news article: the mean of 720 from six newspapers
SIZE = 20_000  # characters of a shape; it is read again four times as long


def _times(words: str) -> Callable[[int], str]:
    """Return a maker of texts of about so many characters that say ``words`` again and again."""
    return lambda size: words * (size // len(words))


def _numbered(words: str) -> Callable[[int], str]:
    """Return the same with a number for each ``#``, so that no two are alike."""
    return lambda size: "".join(words.replace("#", f"{n:x}") for n in range(size // (len(words) + 3)))


SHAPES: Mapping[str, Callable[[int], str]] = {
    "straight marks": _times('"'),
    "opening marks": _times("“"),
    "closing marks": _times("”"),
    "low, high and pointed marks": _times("“„»"),
    "marks opened in marks": lambda size: "“a " * (size // 6) + "b” " * (size // 6),
    "marks of four kinds": _times('"a “b ‘c» d” '),
    "quoted letters": _times("„a“ "),
    "a mark before each word": _times("“word "),
    "a mark behind each sentence": _times("word.” "),
    "quoted words inside a sentence": _times("the “x” and "),
    "apostrophes": _times("'"),
    "single marks": _times("'a' "),
    "possessives": _times("'s "),
    "one quotation of many sentences": lambda size: "“" + "Mara Lindqvist came. " * (size // 21) + "” said Ida.",
    "quotations with their cues": _times('"It holds," said Mara Lindqvist. '),
    "paragraphs in marks": _times("“It holds.\n\n"),
    "one word": _times("a"),
    "one large word": _times("A"),
    "a word with hyphens": _times("a-"),
    "initials": _times("A."),
    "figures": _times("1."),
    "an address": lambda size: "https://a.example/" + "a/" * (size // 2),
    "colons": _times("a: "),
    "semicolons": _times("a; "),
    "commas": _times("a, "),
    "full stops": _times(". "),
    "dots": _times("."),
    "brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "dashes": _times("– "),
    "empty lines": _times("\n"),
    "lines": _times("a line\n\n"),
    "spaces": _times(" "),
    "words without a full stop": _times("bridge "),
    "large words without a full stop": _times("Bridge "),
    "cues": _times("said "),
    "cues with a subject": _times("he said that "),
    "cues behind commas": _times("x, he said, "),
    "auxiliaries before a cue": lambda size: "was " * (size // 4) + "said",
    "verbless cues": _times("according to "),
    "names": _times("Mara Lindqvist "),
    "a list of names": _numbered("Mara Li#, "),
    "names of one family": _numbered("Ana Ka#el Quill came. "),
    "surnames alone": lambda size: "Mara Quill came. " + "Quill said. " * (size // 12),
    "roles": _times("the mayor of the union of "),
    "spokesmen": _numbered("the spokesman, Mara Q#, said. "),
    "names and pronouns": _numbered("Ida Q#el met Karl Holm. “It holds,” she said. "),
    "a role that many hold": _numbered("Mayor Ida Q#el came. “No,” the mayor said. "),
    "bodies of one kind": _numbered("The Harbour Ka# Council came. The council said that it holds. "),
    "names that need another": _times("IS said. "),
    "pronouns": lambda size: "Mara Lindqvist and Ida Quill came. " + "She said that it holds. " * (size // 24),
    "questions and answers": _times("Q: It holds? A: Yes. "),
    "signatures": _times("— Mara Lindqvist\n\n"),
    "topics": _times("peace talks, strike, "),
    "combining accents": _times("\u0301"),
    "directions": _times("\u202aa\u202c"),
    "pictures": _times("😀"),
    "German: verbs of saying": _times("hat gesagt, dass "),
    "German: verbs that part": _times("teilte das Haus "),
    "German: subjunctives": _times("Die Zahl könne steigen. "),
    "German: sources behind": _times("Berichten zufolge "),
}
"""Texts as no newspaper prints them: name -> maker of a text of about so many characters."""


def shaped(name: str, size: int) -> tuple[str, str]:
    """Return the text of the shape ``name`` under a headline, and the language to read it in."""
    return "Harbour news\n\n" + SHAPES[name](size), "de" if name.startswith("German") else "en"


def analysed(text: str, code: str) -> None:
    """Read and recognise ``text`` in the language ``code``, as a file of plain text."""
    articles.analyse_article(replace(read.from_text(text, "bench.txt", language.available()), language=code))


def loop() -> float:
    """Return the CPU seconds of a fixed loop of small steps in Python, the measure of all the others."""
    began = time.process_time()
    seen: dict[int, str] = {}
    for n in range(200_000):
        seen[n & 1023] = str(n)
    return time.process_time() - began


def _examples(folder: Path) -> None:
    """Fill ``folder`` with ARTICLES articles of about LENGTH characters, each of several examples."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples" / "seeds").glob("*.txt"))]
    for n in range(ARTICLES):
        article, at = texts[n % len(texts)], n
        while len(article) < LENGTH:
            at += 7  # a step that the number of examples is no multiple of
            article += "\n\n" + texts[at % len(texts)]
        (folder / f"{n:04}.txt").write_text(article, encoding="utf-8")


def _throughput(folder: Path) -> None:
    """Print how many articles of ``folder`` are read in a second of CPU time, and in the time of a loop."""
    files = sum(1 for path in folder.rglob("*") if path.is_file())
    before, loops = _children(), [loop()]
    command = [sys.executable, "-m", "digest", "annotate", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - this program
    seconds = _children() - before
    loops.append(loop())
    unit = sum(loops) / len(loops)
    rate = files / seconds
    print(f"{files} articles in {seconds:.2f} s of CPU time: {rate:.0f} a second, {rate * unit:.2f} a loop")


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _shapes() -> None:
    """Print for every shape what a thousand characters take, in loops, and how much more four times the text takes."""
    unit = loop()
    print(f"{'shape':36} {'loops':>7} {'for 4 times the text':>21}")
    for name in SHAPES:
        short, long = (_seconds(name, size) for size in (SIZE, 4 * SIZE))
        print(f"{name:36} {short / unit / SIZE * 1000:7.3f} {long / short:20.1f}x")


def _seconds(name: str, size: int) -> float:
    text, code = shaped(name, size)
    began = time.process_time()
    analysed(text, code)
    return time.process_time() - began


def main() -> None:
    """Measure and print."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if len(sys.argv) > 1:
        _throughput(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            _examples(Path(folder))
            _throughput(Path(folder))
    for code in language.available():
        analysed("A text to load the program with", code)
    _shapes()


if __name__ == "__main__":
    main()
