"""Passwords hashed quickly for tests that are about something else; the time of the real one has tests of its own."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 with the least work it takes."""

    time_cost = 1
    memory_cost = 64
    parallelism = 1
