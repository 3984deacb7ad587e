"""What the server's worker process runs: the ASGI application, tied to the life of the process that started it."""

import gc
import signal

from vedette.config.asgi import application
from vedette.config.processes import end_with_parent

# A worker whose granian was killed would go on holding the port, unwatched.
end_with_parent(signal.SIGKILL)
# The loaded house is never garbage: looking through all of it again and again cost each request its share (bench B10).
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)

__all__ = ["application"]
