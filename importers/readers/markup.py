"""XML of office files, told tag by tag; no tree is built, and nothing outside it is looked up."""

from collections.abc import Callable
from xml.parsers.expat import ParserCreate, XMLParserType

Start = Callable[[str, dict[str, str]], None]
Text = Callable[[str], None]


class EntityDeclaredError(ValueError):
    """XML that declares a document type; a few bytes of it can stand for gigabytes."""


class TooLargeError(ValueError):
    """A file that would take minutes or all memory."""


def parser(*, start: Start, end: Text, text: Text) -> XMLParserType:
    """An expat parser that says names as “namespace name”."""
    made = ParserCreate(namespace_separator=" ")
    made.buffer_text = True
    made.StartElementHandler = start
    made.EndElementHandler = end
    made.CharacterDataHandler = text
    made.StartDoctypeDeclHandler = _refuse
    return made


def _refuse(*_declaration: object) -> None:
    raise EntityDeclaredError
