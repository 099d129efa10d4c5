"""How a request fails, in Slurm's own terms."""

from __future__ import annotations


class RestError(Exception):
    """A request failed.

    `number`: Slurm's error number, 0 when there is none. `text`: exactly what the native command of this release
    prints for that number. `detail`: one line on what really happened and where (never a secret), or None when the
    text says it all. `http_status`: 0 when no HTTP answer came. `sent`: False when the request surely never reached
    the server. `lost`: it may have reached it, and nothing tells what became of it. `passing`: the trouble may be over
    in a moment. `retry_after`: seconds for which the answer asked to wait, None if it did not.
    `description`, `source`: what the answer itself said, for those who need more than the number.
    `body`: the answer's bytes, for the few answers that carry a result beside an error.
    """

    def __init__(
        self,
        number: int,
        text: str,
        detail: str | None = None,
        *,
        http_status: int = 0,
        sent: bool = True,
        lost: bool = False,
        passing: bool = False,
        retry_after: float | None = None,
        description: str = "",
        source: str = "",
        body: bytes | bytearray = b"",
    ) -> None:
        super().__init__(text if detail is None else f"{text} ({detail})")
        self.number = number
        self.text = text
        self.detail = detail
        self.http_status = http_status
        self.sent = sent
        self.lost = lost
        self.passing = passing
        self.retry_after = retry_after
        self.description = description
        self.source = source
        self.body = body
