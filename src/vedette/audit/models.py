"""The audit log: append-only entries, sealed into a Merkle tree; ids and verbs, never text of a record."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from vedette.kit.ids import new_id


class XidField(models.Field):  # type: ignore[type-arg]
    """A PostgreSQL transaction id (xid8), filled by the database with the writing transaction's own."""

    def db_type(self, connection: object) -> str:
        return "xid8"


class Entry(models.Model):
    """Who did or read what, when, why. `seq` is given by the sealer in commit order; nothing else ever changes."""

    id = models.UUIDField(primary_key=True, default=new_id)
    seq = models.BigIntegerField(null=True, unique=True)
    xid = XidField(editable=False, db_default=models.Func(function="pg_current_xact_id", output_field=XidField()))
    real_at = models.DateTimeField()
    shown_at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    code = models.CharField(max_length=60)
    objects_ids = ArrayField(models.UUIDField(), default=list, db_column="objects")
    reason = models.CharField(max_length=300, blank=True)
    # A salt and the hash of salt and reason: the leaf holds the hash alone, so a purged reason leaves the tree whole.
    reason_seal = models.BinaryField(max_length=48, default=b"")
    # The digest of the document this act signed or sent, so that a proof binds the document itself.
    document = models.BinaryField(max_length=32, default=b"")
    leaf = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(code__regex=r"^[a-z]+\.[a-z_]+$"), name="audit_code_form")
        ]
        indexes = [
            models.Index(fields=["xid", "id"], name="audit_unsealed", condition=models.Q(seq__isnull=True)),
            models.Index(fields=["actor", "-real_at"], name="audit_by_actor"),
            models.Index(fields=["code", "-real_at"], name="audit_by_code"),
            # A short list of what waits (kB), so that no single act pays for tidying up after many.
            GinIndex(fields=["objects_ids"], name="audit_of_object", gin_pending_list_limit=512),
        ]


class Node(models.Model):
    """The hash of a full subtree: level 0 are leaves, level n covers 2^n leaves (RFC 9162 section 2.1)."""

    pk = models.CompositePrimaryKey("level", "place")
    level = models.SmallIntegerField()
    place = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)


class Checkpoint(models.Model):
    """A signed statement of the tree's size and root at a moment."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    at = models.DateTimeField()


class Sealing(models.Model):
    """One row that the sealer locks: how many leaves are sealed, under which cluster's transaction ids."""

    only = models.BooleanField(primary_key=True, default=True)
    size = models.BigIntegerField(default=0)
    system_identifier = models.CharField(max_length=40, blank=True)
