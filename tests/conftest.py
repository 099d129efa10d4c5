"""What the tests are started under is not what the programs under test are to see."""

from __future__ import annotations

import signal

# Whoever starts a long run may let it ignore signals (nohup); every program started from here would inherit that.
for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, signal.default_int_handler if number is signal.SIGINT else signal.SIG_DFL)
