"""What every notation raises for text that is not written in it."""

from __future__ import annotations


class NotationError(ValueError):
    """Text that cannot be read in a notation; `str()` is one line that says which text and why.

    Commands word the message for the user themselves, as the native command does for the option concerned.
    """
