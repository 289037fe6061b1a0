"""How views are declared: what a template or a function prints, as one value with named parts. I/O: none."""

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def view(cls: type[T]) -> type[T]:
    """Make a class a view: slots, a constructor for its fields, and equality.

    Type checkers hold that nothing changes one. Holding it at run time as well, as a frozen data class does, makes each
    class several times as slow to declare and each view three times as slow to make, and a site has some 50,000.
    """
    return dataclass(slots=True, repr=False)(cls)
