"""`sidebar phrases …`: the library from the command line."""

import argparse
from collections.abc import Mapping

from sidebar import paths
from sidebar.commands.homes import home_of
from sidebar.commands.output import as_json, complain, table, write
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Phrase
from sidebar.errors import UserError
from sidebar.services.library import Library
from sidebar.shelf import language_of, packs_at_hand
from sidebar.storage.readings import load_readings
from sidebar.storage.settings_file import load_settings


def list_all(options: argparse.Namespace) -> int:
    """Every phrase, the user's own packs first."""
    phrases = _library(options).phrases()
    if options.json:
        as_json([_document(phrase) for phrase in phrases])
    else:
        table((phrase.id, phrase.code, phrase.title) for phrase in phrases)
    return 0


def search(options: argparse.Namespace) -> int:
    """What a text finds, best first, with the reason."""
    hits = _library(options).search(" ".join(options.text), limit=None)
    if options.json:
        as_json(
            [
                {
                    "id": hit.phrase.id,
                    "title": hit.phrase.title,
                    "score": hit.score,
                    "matched": list(hit.matched),
                    "why": str(hit.why),
                }
                for hit in hits
            ]
        )
    else:
        table((hit.phrase.id, hit.phrase.title, hit.why) for hit in hits)
    return 0


def show(options: argparse.Namespace) -> int:
    """One phrase, whole."""
    library = _library(options)
    phrase = library.get(PhraseId(options.id))
    if phrase is None:
        raise UserError(f"There is no phrase {options.id!r}; 'sidebar phrases list' names them all.")
    text = _copied(library, phrase, options) if options.copy else None
    if options.json:
        as_json(_document(phrase) if text is None else {**_document(phrase), "text": text})
    elif text is not None:
        write(text + "\n")
    else:
        table([("id", phrase.id), ("title", phrase.title), ("code", phrase.code)])
        write(phrase.body + "\n")
    return 0


def _copied(library: Library, phrase: Phrase, options: argparse.Namespace) -> str:
    from sidebar.commands.copying import copy_phrase

    settings = load_settings(home_of(options).settings).settings
    return copy_phrase(library, phrase, customer=options.customer, settings=settings)


def _library(options: argparse.Namespace) -> Library:
    """The packs as the sidebar reads them; what cannot be read is told and stops nothing."""
    home = home_of(options)
    settings = load_settings(home.settings).settings
    loaded = packs_at_hand(home, settings, language_of(settings))
    for problem in loaded.problems:
        complain(f"sidebar: {problem}")
    library = Library(readings=load_readings(paths.resources() / "pinyin.txt"))
    library.replace(loaded.packs)
    return library


def _document(phrase: Phrase) -> dict[str, object]:
    return {
        "id": phrase.id,
        "title": phrase.title,
        "code": phrase.code,
        "body": phrase.body,
        "stage": phrase.stage,
        "category": phrase.category,
        "tags": list(phrase.tags),
        "group": list(phrase.group),
        "placeholders": phrase.placeholders,
        "colour": phrase.colour,
        "favourite": phrase.favourite,
        "promise": None
        if phrase.promise is None
        else {"within": phrase.promise.within.total_seconds(), "about": phrase.promise.about},
        **_details(phrase),
    }


def _details(phrase: Phrase) -> Mapping[str, object]:
    """What few phrases have, by the keys of a pack file."""
    if phrase.details is None:
        return {}
    from sidebar.storage.detail_documents import details_document

    return details_document(phrase.details, None)
