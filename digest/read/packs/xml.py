"""XML that anybody may have written: nothing is fetched, nothing it declares counts, and common mistakes are mended.

It is parsed by defusedxml, which refuses what XML can do beyond marking text up
(https://github.com/tiran/defusedxml#attack-vectors). What writers of feeds get wrong most often, entities of HTML, bare
ampersands, control characters and words before the first tag, is mended in the text before.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterator, Mapping
from html import escape
from html.entities import html5
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from digest.read import limits
from digest.read.encoding import decode
from digest.read.errors import ReadError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})["']""")
_DECLARATION = re.compile(r"<\?xml\b[^>]{0,1000}\?>")
_ELEMENT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_AMPERSAND = re.compile(r"&(#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)?")
_HTML = frozenset({
    "a", "article", "aside", "b", "blockquote", "br", "caption", "cite", "code", "dd", "div", "dl", "dt", "em",
    "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "i", "li", "main", "nav", "ol", "p",
    "pre", "q", "s", "script", "section", "span", "strong", "style", "sub", "sup", "table", "tbody", "td", "tfoot",
    "th", "thead", "time", "tr", "u", "ul",
})  # fmt: skip
# What writers of feeds use and forget to declare.
_NAMESPACES = MappingProxyType(
    {
        "atom": "http://www.w3.org/2005/Atom",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "media": "http://search.yahoo.com/mrss/",
    }
)
_PREFIX = re.compile(r"[<\s/]([A-Za-z_][\w.-]{0,30}):[A-Za-z_][\w.-]*(?=[\s>/=])")
_DECLARES = re.compile(r"\bxmlns:([A-Za-z_][\w.-]{0,30})\s*=")
_MOST_PREFIXES = 50
_LESS = re.compile(r"<(?![A-Za-z_:/!?])")
_SECTION, _SECTION_END = "<![CDATA[", "]]>"


def text_of(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of an XML file from its first sign on, mended, and notes. Raises ReadError where it is none."""
    match = _DECLARED.search(data[:1_000])
    text, note = decode(data, _known(match.group(1).decode("ascii")) if match else None)
    text = _DECLARATION.sub("", text[:2_000]) + text[2_000:]
    start = text.find("<")
    if start < 0:
        raise ReadError("format", "there is no mark-up in this file; save it anew")
    return _bound("".join(_mended(text[start:]))), (note,) if note else ()


def first_element(text: str) -> str:
    """Return the root element's name, in lower case and without its prefix; "" where there is none."""
    match = first_tag(text)
    return match.group(1).lower() if match else ""


def first_tag(text: str) -> re.Match[str] | None:
    """Return where the root element opens, up to the end of its name."""
    at = 0
    while (at := text.find("<", at)) >= 0:
        if match := _ELEMENT.match(text, at):
            return match
        at = text.find("-->", at) if text.startswith("<!--", at) else at + 1
        if at < 0:
            break
    return None


def parse(text: str) -> Element:
    """Return the root of ``text``. Raises ReadError when it is not well-formed, too deep, or declares something."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    parser = DefusedXMLParser(forbid_dtd=False, forbid_entities=True, forbid_external=True)
    parser.parser.StartDoctypeDeclHandler = _check_doctype
    try:
        parser.feed(text)
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise _declares() from error
    except (ParseError, ValueError, RecursionError) as error:
        line = f" in line {error.position[0]}" if isinstance(error, ParseError) else ""
        raise ReadError("broken", f"this is not well-formed XML: it breaks off{line}; save it anew") from error
    _check_depth(root)
    return root


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def html_of(element: Element, others: Mapping[str, str | None] | None = None) -> Iterator[str]:
    """Yield what is in ``element`` as HTML without attributes.

    An element keeps its name where HTML has it, and counts for its words otherwise. ``others`` have the name that
    they are mapped to; with None, they and their words are left out.
    """
    yield escape(element.text or "", quote=False)
    # what is still to come, the next last: an element, or what stands behind one. Generators inside one another would
    # hand each word through as many hands as its element lies deep.
    waiting: list[Element | str] = list(reversed(element))
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
            continue
        waiting.append(escape(each.tail or "", quote=False))
        name = local(each).lower()
        tag = (others or {}).get(name, name if name in _HTML else "")
        if tag is not None and name:
            yield f"<{tag}>" if tag else ""
            yield escape(each.text or "", quote=False)
            waiting.append(f"</{tag}>" if tag and tag != "br" else "")
            waiting.extend(reversed(each))


def apart(root: Element, names: Collection[str]) -> list[Element]:
    """Return the elements of ``names``, in lower case, in order, and take each of them out of those that it lies in.

    So none holds another, and what is read of all of them is no longer than their file, however they are nested. What
    stood behind one that is taken out stays, behind an element without a name.
    """
    every = list(root.iter())
    for above in every:
        for at, child in enumerate(above):
            if local(child).lower() in names:
                left = above.makeelement("", {})
                left.tail, child.tail = child.tail, None
                above[at] = left
    return [element for element in every if local(element).lower() in names]


def outermost(top: Element, name: str) -> Iterator[Element]:
    """Yield the elements of a name in and below ``top``, in order, but none inside another of that name."""
    waiting = [top]
    while waiting:
        each = waiting.pop()
        if local(each) == name:
            yield each
        else:
            waiting.extend(reversed(each))


def _known(name: str) -> str | None:
    try:
        found = codecs.lookup(name)
    except LookupError:
        return None
    # no browser reads UTF-7 any more: it hides mark-up from whoever looks at the bytes
    return found.name if found._is_text_encoding and found.name != "utf-7" else None


def _mended(text: str) -> Iterator[str]:
    """Yield ``text`` with letters for the entities of HTML and with its bare signs (&, <) escaped, outside of CDATA."""
    at = 0
    while at < len(text):
        start = text.find(_SECTION, at)
        end = len(text) if start < 0 else start
        yield _LESS.sub("&lt;", _AMPERSAND.sub(_letter, text[at:end]))
        if start < 0:
            return
        stop = text.find(_SECTION_END, start)
        at = len(text) if stop < 0 else stop + len(_SECTION_END)
        yield text[start:at]


def _bound(text: str) -> str:
    """Return ``text`` with a namespace for each prefix that stands in it and is not declared, in its first element."""
    used = set(islice(dict.fromkeys(m.group(1) for m in _PREFIX.finditer(text)), _MOST_PREFIXES))
    missing = sorted(used - set(_DECLARES.findall(text)) - {"xml", "xmlns"})
    root = first_tag(text) if missing else None
    if root is None:
        return text
    declared = "".join(f' xmlns:{prefix}="{_NAMESPACES.get(prefix, f"urn:{prefix}")}"' for prefix in missing)
    return text[: root.end()] + declared + text[root.end() :]


def _letter(match: re.Match[str]) -> str:
    name = match.group(1)
    if name is None:
        return "&amp;"
    if name.startswith("#"):
        number = int(name[2:-1], 16) if name[1] in "xX" else int(name[1:-1])
        # what XML 1.0 does not allow as a character, it does not allow as a number either
        allowed = number in (9, 10, 13) or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD
        return match.group() if allowed or 0x10000 <= number <= 0x10FFFF else ""
    if name[:-1] in _OWN:
        return match.group()
    return html5[name].replace("&", "&amp;").replace("<", "&lt;") if name in html5 else f"&amp;{name}"


def _check_doctype(_name: str, _system: str | None, _public: str | None, declares: int) -> None:
    """Raise ReadError where a DOCTYPE declares something itself; one that only names a DTD, as that of RSS 0.91, may.

    defusedxml lets attributes be declared, and each element of a name then gets every one of them.
    """
    if declares:
        raise _declares()


def _declares() -> ReadError:
    why = "the file declares entities or attributes of its own, which are not taken over; save it without its DOCTYPE"
    return ReadError("entities", why)


def _check_depth(root: Element) -> None:
    level = [root]
    for _ in range(limits.MAX_DEPTH):
        level = [child for each in level for child in each]
        if not level:
            return
    limits.check_depth(limits.MAX_DEPTH + 1)
