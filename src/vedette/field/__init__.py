"""The officers' offline app: shell, service worker, outbox."""
