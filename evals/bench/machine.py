"""What the figures were measured on, and how much memory a process took. No names of machines, no paths."""

import os
import platform
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

PACKAGES = (
    "chromadb", "ctranslate2", "langextract", "numpy", "onnxruntime", "rapidfuzz", "sentence-transformers", "torch",
)  # fmt: skip


def facts() -> str:
    """One paragraph of markdown."""
    return (
        f"Measured on {cores()} cores ({processor()}, {platform.system()}), Python {platform.python_version()}; "
        f"{', '.join(versions(PACKAGES))}."
    )


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def processor() -> str:
    """Its kind, as the system tells it, else its architecture."""
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
            names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    except OSError:
        names = []
    return names[0] if names else platform.machine()


def versions(packages: Iterable[str]) -> list[str]:
    """`name version` of each that is installed here; a section may have been measured where more is."""
    return [f"{name} {found}" for name in packages if (found := version(name))]


def version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def peak_memory() -> float:
    """The most memory this process has held so far, in MB (10^6 bytes). Not on Windows, which keeps no such count.

    Linux tells it in /proc; its `getrusage` would count what the parent process held when it started this one.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most * (1 if sys.platform == "darwin" else 1024) / 1e6
