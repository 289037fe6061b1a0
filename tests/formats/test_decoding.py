"""Files in any old encoding."""

import pytest
from living_survey.formats.decoding import decode


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_files_in_any_old_encoding(codec: str) -> None:
    text = "@misc{a, author = {Müller, Jörg}, title = {Vögel über dem Meer, und noch mehr Vögel}, year = 1999}\r\n" * 3
    decoded, note = decode(text.encode(codec))
    assert decoded == text.replace("\r\n", "\n")
    assert bool(note) == (codec in ("utf-16-le", "utf-16-be", "cp1252"))
