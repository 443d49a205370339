"""What a text says once look-alikes, mark-up and encodings are taken out of it."""

import base64
import binascii
import codecs
import contextlib
import html
import re
import unicodedata
import urllib.parse
import zlib
from collections.abc import Iterator

MOST_READINGS = 60
_DEPTH = 3
_LONGEST = 50_000
_TAG = re.compile(
    r"</?(?:pre|code|span|p|div|b|i|u|em|strong|li|ul|ol|td|th|tr|thead|tbody|table|details|summary|kbd|samp|tt|font|"
    r"blockquote|section|article|a|h[1-6])\b[^<>\n]*>",
    re.I,
)
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|tr|h[1-6])>", re.I)
_WORD = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_LINES_OF_BASE64 = re.compile(r"(?:^[ \t>]*[A-Za-z0-9+/_-]{20,}[ \t]*\n)+[ \t>]*[A-Za-z0-9+/_-]+={0,2}[ \t]*$", re.M)
_HEX = re.compile(r"(?:(?:\\x|0x|%)?[0-9A-Fa-f]{2}[\s:,]{0,2}){10,}")
_CODES = re.compile(r"(?:\b(?:chr\()?\d{1,3}\)?[\s,+]{1,3}){9,}\d{1,3}")
_QUOTED = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'")
_LONG_STRING = re.compile(r"(\"{3}|'{3})(.+?)\1", re.S)
_ESCAPE = re.compile(r"\\(?:[nrtu\"'\\]|x[0-9A-Fa-f]{2}|[0-7]{3})")
_LOOKS_LIKE_CODE = re.compile(r"\b(?:return|def|lambda|for|while|if|class|import|yield)\b|[=(\[]")
_ALIKE = str.maketrans(
    "аеорсухіјѕԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТХοα“”„‟«»‘’‚‛′″−–—‐‑×÷∗≤≥≠…",  # noqa: RUF001  the look-alikes themselves
    "aeopcyxijsdhqwABEZHIKMNOPTYXABEKMHOPCTXoa\"\"\"\"\"\"''''''-----*/*≤≥≠…",
)
_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "…": "...", "←": "=", "→": "->", "∈": "in", "·": "*"}
_WHITE = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")


def folded(text: str) -> str:
    """A text with plain letters, quotes, signs and spaces in place of those that only look like them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if text.isascii():
        return text
    seen = (c for c in text.translate(_WHITE) if unicodedata.category(c) not in ("Cf", "Co", "Cn"))
    text = unicodedata.normalize("NFKC", "".join(seen).translate(_ALIKE)).translate(_ALIKE)
    for sign, plain in _SIGNS.items():
        text = text.replace(sign, plain)
    return text


def readings(text: str) -> list[str]:
    """A text and everything that it turns into when mark-up and encodings are undone, bounded in depth and number."""
    found = [folded(text)]
    level = found[:]
    for _ in range(_DEPTH):
        deeper = dict.fromkeys(r for said in level for r in _undone(said))
        level = [said for said in deeper if said not in found][: MOST_READINGS - len(found)]
        found += level
    return found


def _undone(text: str) -> Iterator[str]:
    """One layer taken off."""
    bare = folded(html.unescape(_TAG.sub("", _BREAK.sub("\n", text.replace("<!--", "").replace("-->", "")))))
    if bare != text:
        yield bare
    if "\\" in text:
        unescaped = re.sub(r"\\([_*`#<>\[\](){}+.!|-])", r"\1", text)
        if unescaped != text:
            yield unescaped
        yield from _escapes(text)
    yield from (folded(match[2]) for match in _LONG_STRING.finditer(text))
    if len(strings := [match[0][1:-1] for match in _QUOTED.finditer(text)]) > 2:
        with contextlib.suppress(UnicodeDecodeError):
            yield folded("\n".join(_unescaped(string).rstrip("\n") for string in strings))
    for hidden in _encoded(text):
        plain = folded(hidden)
        if len(plain) >= 6 and _LOOKS_LIKE_CODE.search(plain):
            yield plain
    turned = codecs.encode(text, "rot13")
    if re.search(r"\breturn\b|\blambda\b|\bdef \w+\(", turned) and not re.search(r"\breturn\b|\bdef \w+\(", text):
        yield turned
    if re.search(r"\bnruter\b|\bfed\b|\badbmal\b", text):
        yield "\n".join(line[::-1] for line in text.split("\n"))
        yield text[::-1]


def _escapes(text: str) -> Iterator[str]:
    """Strings whose line ends and quotes are escaped, as JSON and Python write them."""
    for match in _QUOTED.finditer(text):
        if _ESCAPE.search(match[0]):
            with contextlib.suppress(UnicodeDecodeError):
                yield folded(_unescaped(match[0][1:-1]))
    if re.search(r"\\n|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}", text):
        with contextlib.suppress(UnicodeDecodeError):
            yield folded(_unescaped(text))


def _unescaped(text: str) -> str:
    raw = re.sub(r"[^\x00-\x7f]", lambda m: f"\\U{ord(m[0]):08x}", text)
    return raw.replace("\\/", "/").encode("ascii").decode("unicode_escape")


def _encoded(text: str) -> Iterator[str]:
    """What words that may be base64, hexadecimal, percent or character codes hold."""
    words = [m[0] for m in _WORD.finditer(text)] + [m[0] for m in _LINES_OF_BASE64.finditer(text)]
    for word in words[:MOST_READINGS]:
        yield from _base64(re.sub(r"[\s>]", "", word))
    for match in _HEX.finditer(text):
        digits = re.sub(r"\\x|0x|[^0-9A-Fa-f]", "", match[0])
        with contextlib.suppress(ValueError):
            yield from _text(bytes.fromhex(digits))
    for match in _CODES.finditer(text):
        codes = [int(code) for code in re.findall(r"\d+", match[0])]
        if all(code in (9, 10, 13) or 32 <= code < 127 for code in codes):
            yield "".join(map(chr, codes))
    if re.search(r"(?:%[0-9A-Fa-f]{2}.*){3}", text):
        yield urllib.parse.unquote(text)


def _base64(word: str) -> Iterator[str]:
    bare = word.rstrip("=").replace("-", "+").replace("_", "/")
    with contextlib.suppress(binascii.Error, ValueError):
        yield from _text(base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True))
    if word.isupper() or word.rstrip("=").isalnum():
        with contextlib.suppress(binascii.Error, ValueError):
            yield from _text(base64.b32decode(word.rstrip("=").upper() + "=" * (-len(word.rstrip("=")) % 8)))


def _text(data: bytes) -> Iterator[str]:
    """Bytes as text, also when they are compressed."""
    for window in (15, 31):
        with contextlib.suppress(zlib.error):
            data = zlib.decompressobj(window).decompress(data, _LONGEST)
    with contextlib.suppress(UnicodeDecodeError):
        said = data[:_LONGEST].decode()
        if all(c.isprintable() or c in "\n\r\t" for c in said):
            yield said
