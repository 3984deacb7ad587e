"""What `vedette verify` does and says: the whole log, or a bundle without any server."""

import sys
from collections.abc import Sequence
from pathlib import Path

from vedette.audit.notes import Checkpoint, LogKey
from vedette.audit.offline import BadBundle, check_bundle, read_bundle

# A log shorter than this is verified before a progress bar would be read.
LONG = 20_000


def verify_bundle(path: Path, trusted: Sequence[LogKey]) -> int:
    """Check a bundle file without server or database; 0 when it stands. Imports no Django."""
    try:
        proved = check_bundle(read_bundle(path.read_bytes()), trusted)
    except OSError as problem:
        print(f"The file {path} cannot be read ({problem.strerror}).", file=sys.stderr)
        return 1
    except BadBundle as problem:
        print(f"DOES NOT STAND. {problem}", file=sys.stderr)
        return 1
    print("\n".join(proved.sentences))
    if proved.trusted:
        print("STANDS: signed by the key you named.")
    else:
        print("STANDS IN ITSELF. Whether the key is the agency's, the bundle cannot prove: compare it with the one you")
        print("were given on another way, or name that with --key.")
        print("\n".join(f"  {key}" for key in proved.keys))
    return 0


def verify_log(keys: Sequence[LogKey], held: Sequence[Checkpoint] = ()) -> int:
    """Recompute the whole log of the database at hand; 0 when every entry, node and checkpoint fits."""
    from rich.console import Console
    from rich.progress import Progress

    from vedette.audit.checkpoints import sealed_size
    from vedette.audit.verify import verify

    with Progress(console=Console(stderr=True), transient=True, disable=sealed_size() < LONG) as bar:
        task = bar.add_task("verifying")
        outcome = verify(keys, lambda done, total: bar.update(task, completed=done, total=total), held)
    for finding in outcome.findings:
        print(f"{finding.kind.upper():<10} {finding.sentence}")
    looked = f"{outcome.entries:,} entries, {outcome.checkpoints:,} checkpoints"
    waiting = f"; {outcome.unsealed:,} wait for their seal" if outcome.unsealed else ""
    if outcome.covered < outcome.entries:
        print(f"Signed so far: the first {outcome.covered:,}; for the rest only this database vouches.")
    if outcome.stands:
        print(f"STANDS: {looked}{waiting}.")
        return 0
    print(f"DOES NOT STAND: {len(outcome.findings):,} findings in {looked}{waiting}.", file=sys.stderr)
    return 1
