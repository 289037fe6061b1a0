"""Work that makes much and lets go of little, for which looking for garbage is wasted. I/O: none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Do without the search for cyclic garbage, which goes through all that a survey is made of, again and again.

    What nothing refers to is freed all the same. Also as a decorator.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
