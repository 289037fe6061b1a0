"""The language of a work, by the names that bibliographies and babel have for it. I/O: none."""

_BABEL = {
    "english": "en eng english american british usenglish ukenglish australian canadian",
    "german": "de deu ger german ngerman deutsch austrian naustrian swissgerman nswissgerman",
    "french": "fr fra fre french francais français acadian canadien",
    "spanish": "es spa spanish español espanol castellano", "italian": "it ita italian italiano",
    "portuguese": "pt por portuguese português portugues", "brazilian": "pt-br brazilian brazil",
    "dutch": "nl nld dut dutch nederlands", "danish": "da dan danish dansk", "swedish": "sv swe swedish svenska",
    "norwegian": "no nb nn nor nob nno norwegian norsk nynorsk", "finnish": "fi fin finnish suomi",
    "polish": "pl pol polish polski", "czech": "cs ces cze czech", "hungarian": "hu hun hungarian magyar",
    "russian": "ru rus russian", "ukrainian": "uk ukr ukrainian", "turkish": "tr tur turkish",
    "greek": "el ell gre greek", "japanese": "ja jpn japanese", "chinese": "zh zho chi chinese",
    "korean": "ko kor korean", "catalan": "ca cat catalan", "romanian": "ro ron rum romanian",
    "slovak": "sk slk slo slovak", "slovene": "sl slv slovene slovenian", "croatian": "hr hrv croatian",
    "bulgarian": "bg bul bulgarian", "latin": "la lat latin", "estonian": "et est estonian",
}  # fmt: skip
_NAMES = {name: babel for babel, names in _BABEL.items() for name in names.split()}


def babel_name(language: str) -> str:
    """Return babel's name of a language that is named in any usual way; empty for several, and for others."""
    name = language.strip().lower().replace("_", "-")
    return _NAMES.get(name) or _NAMES.get(name.partition("-")[0], "")
