"""Licenses by the names that the Hugging Face Hub knows, each with the page that holds its words."""

from __future__ import annotations

from synthgen.errors import UsageError

_CREATIVE = "https://creativecommons.org/licenses"
LICENSES = {
    "cc0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "cc-by-3.0": f"{_CREATIVE}/by/3.0/",
    "cc-by-4.0": f"{_CREATIVE}/by/4.0/",
    "cc-by-sa-3.0": f"{_CREATIVE}/by-sa/3.0/",
    "cc-by-sa-4.0": f"{_CREATIVE}/by-sa/4.0/",
    "cc-by-nc-3.0": f"{_CREATIVE}/by-nc/3.0/",
    "cc-by-nc-4.0": f"{_CREATIVE}/by-nc/4.0/",
    "cc-by-nc-sa-3.0": f"{_CREATIVE}/by-nc-sa/3.0/",
    "cc-by-nc-sa-4.0": f"{_CREATIVE}/by-nc-sa/4.0/",
    "cc-by-nd-4.0": f"{_CREATIVE}/by-nd/4.0/",
    "cc-by-nc-nd-4.0": f"{_CREATIVE}/by-nc-nd/4.0/",
    "cdla-permissive-1.0": "https://cdla.dev/permissive-1-0/",
    "cdla-permissive-2.0": "https://cdla.dev/permissive-2-0/",
    "cdla-sharing-1.0": "https://cdla.dev/sharing-1-0/",
    "odc-by": "https://opendatacommons.org/licenses/by/1-0/",
    "odbl": "https://opendatacommons.org/licenses/odbl/1-0/",
    "pddl": "https://opendatacommons.org/licenses/pddl/1-0/",
    "apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
    "mit": "https://opensource.org/license/mit",
    "bsd-3-clause": "https://opensource.org/license/bsd-3-clause",
    "gpl-3.0": "https://www.gnu.org/licenses/gpl-3.0.html",
    "unlicense": "https://unlicense.org/",
}


def license_page(name: str) -> str:
    """Return the address of a license's words. Raises UsageError for a name that is not in `LICENSES`."""
    if name not in LICENSES:
        raise UsageError(f"--license {name}: is not a known license.", hint=f"known are {', '.join(sorted(LICENSES))}.")
    return LICENSES[name]
