"""The one door to the Hugging Face Hub. The token comes from the environment or the library's login, and goes nowhere
but to the Hub.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

import httpx2
from huggingface_hub import CommitOperationAdd, CommitOperationDelete, DatasetInfo, HfApi, get_token
from huggingface_hub.errors import HfHubHTTPError, HFValidationError, RepositoryNotFoundError

from synthgen.card.parcel import Parcel
from synthgen.card.pushed import Pushed
from synthgen.errors import PublishError, UsageError

# Read at each push, while the library reads it once, when it is imported.
ENDPOINT = "HF_ENDPOINT"
_KIND = "dataset"
# Files that a former push may have left, and that viewers and readers take for rows.
_ROWS = frozenset({".parquet", ".jsonl", ".json", ".csv", ".tsv", ".arrow"})
_LOGIN = "set HF_TOKEN to a token that may write (huggingface.co/settings/tokens), or run `hf auth login`."
_WORDS = 300


def publish(parcel: Parcel, repo: str, *, public: bool, replace: bool) -> Pushed:
    """Put files into a dataset repository by one commit; it is made where there is none.

    `repo` is NAME or OWNER/NAME. With `replace`, files of rows that are there and not among these are deleted by the
    same commit. Raises UsageError or PublishError.
    """
    if not (token := get_token()):
        raise PublishError("no token of the Hugging Face Hub is set.", hint=_LOGIN)
    api = HfApi(endpoint=os.environ.get(ENDPOINT), token=token)
    with _told(repo, token):
        owner = api.whoami()["name"]
        full = repo if "/" in repo else f"{owner}/{repo}"
        standing = _standing(api, full)
        if standing is None:
            api.create_repo(full, repo_type=_KIND, private=not public)
        else:
            _check_visibility(full, standing, public=public)
        stale = _stale(standing, parcel)
        if stale and not replace:
            raise PublishError(
                f"{full}: holds {len(stale)} files of rows that this export does not have, such as {stale[0]}.",
                hint="--replace deletes them by the same commit; or choose another --repo.",
            )
        commit = api.create_commit(
            full,
            [
                *(CommitOperationAdd(name, parcel.folder / name) for name in parcel.files),
                *(CommitOperationDelete(name) for name in stale),
            ],
            commit_message=f"{len(parcel.files)} files by synthgen",
            repo_type=_KIND,
        )
    is_private = bool(standing.private) if standing else not public
    return Pushed(full, f"{api.endpoint}/datasets/{full}", commit.oid, is_private, tuple(stale))


def _standing(api: HfApi, repo: str) -> DatasetInfo | None:
    try:
        return api.dataset_info(repo)
    except RepositoryNotFoundError:
        return None


def _check_visibility(repo: str, standing: DatasetInfo, *, public: bool) -> None:
    if not public and not standing.private:
        raise PublishError(
            f"{repo}: is there already, and is public.",
            hint="--public if the rows may be read by everyone; otherwise choose another --repo.",
        )


def _stale(standing: DatasetInfo | None, parcel: Parcel) -> list[str]:
    """Return the files of rows that a repository has and the parcel has not."""
    there = [file.rfilename for file in (standing.siblings or [])] if standing else []
    return sorted(name for name in there if PurePosixPath(name).suffix.lower() in _ROWS and name not in parcel.files)


@contextmanager
def _told(repo: str, token: str) -> Iterator[None]:
    """Turn the library's errors into one that says what next. The token is in none, whatever a server sends back."""
    try:
        yield
    except HFValidationError as error:
        raise UsageError(f"--repo {repo}: {error}", hint="name it NAME or OWNER/NAME.") from None
    except HfHubHTTPError as error:
        raise _by_status(repo, error.response.status_code, _words(error.server_message or "", token)) from None
    except httpx2.HTTPError as error:
        raise PublishError(
            f"the Hugging Face Hub cannot be reached ({type(error).__name__}).", hint="try again when it can."
        ) from None
    except (ValueError, RuntimeError, OSError) as error:
        # What the library says of a card that is not taken, and of files that do not get through.
        raise PublishError(
            f"{repo}: was not written: {_words(str(error), token) or type(error).__name__}",
            hint="mend that, or try again later; what was sent is not used before the commit.",
        ) from None


def _by_status(repo: str, status: int, words: str) -> PublishError:
    said = f": {words}" if words else ""
    if status == 401:
        return PublishError(f"the Hugging Face Hub does not know this token{said}", hint=_LOGIN)
    if status == 403:
        return PublishError(
            f"{repo}: this token may not write there{said}",
            hint="give it write access at huggingface.co/settings/tokens, or name a --repo of yours.",
        )
    if status == 404:
        return PublishError(f"{repo}: is not there, or is not yours to see{said}", hint="check --repo and the token.")
    if status == 409:
        return PublishError(f"{repo}: was changed by somebody else meanwhile{said}", hint="run the same command again.")
    return PublishError(f"{repo}: the Hugging Face Hub answers HTTP {status}{said}", hint="try again later.")


def _words(text: str, token: str) -> str:
    """Return a server's words, cut, and without the token."""
    return " ".join(text.replace(token, "[redacted]").split())[:_WORDS]
