"""Citation keys are made by rule."""

from living_survey.model.keys import new_key
from living_survey.model.parts import Author

FREE = frozenset[str]().__contains__


def test_keys_are_made_by_rule_and_take_the_next_word_on_a_clash() -> None:
    wren = Author(family="van der Ørsted")
    taken = {"vanderorsted2024gps"}
    assert new_key(wren, 2024, "On the GPS-based study of wings", FREE) == "vanderorsted2024gpsbased"
    assert new_key(wren, 2024, "The GPS of wings", taken.__contains__) == "vanderorsted2024wings"
    assert new_key(wren, 2024, "GPS", taken.__contains__) == "vanderorsted2024gps2"
    assert new_key(Author(family="王"), 2024, "大雁", FREE) == "wang2024dayan"
    assert new_key(Author(team="3M Company"), 2024, "1, 2, 3", FREE) == "x3m20241"
