"""`python -m vedette.jobs`: the loops of the house, until SIGTERM or Ctrl-C."""

import os
import signal
import sys

import structlog


def main() -> int:
    """Run every loop; 0 after a clean end, 1 when a step did not end in time."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vedette.config.settings")
    import django

    django.setup()
    from vedette.jobs.running import Jobs

    jobs = Jobs()
    for kind in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(kind, lambda *_: jobs.stop.set())
    jobs.start()
    structlog.get_logger("vedette.jobs").info("jobs.started", loops=[runner.loop.name for runner in jobs.runners])
    jobs.stop.wait()
    return 0 if jobs.end() else 1


if __name__ == "__main__":
    sys.exit(main())
