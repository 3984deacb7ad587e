"""What the server's worker process runs: the ASGI application, tied to the life of the process that started it."""

import signal

from vedette.config.asgi import application
from vedette.config.processes import end_with_parent

# A worker whose granian was killed would go on holding the port, unwatched.
end_with_parent(signal.SIGKILL)

__all__ = ["application"]
