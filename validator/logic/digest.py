"""Digests without OpenSSL, whose library takes longer to load than a check has to digest.

They are the same as those of `hashlib`. Who digests megabytes takes `hashlib`, which is quicker at that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import blake2b, sha256
else:
    try:
        from _blake2 import blake2b

        try:
            from _sha2 import sha256
        except ImportError:  # as it was called before Python 3.12
            from _sha256 import sha256
    except ImportError:
        from hashlib import blake2b, sha256

__all__ = ["blake2b", "sha256", "sha256_of"]


def sha256_of(data: bytes) -> str:
    """How reports and file records name the bytes of a document: `sha256:` and the hexadecimal digest."""
    return "sha256:" + sha256(data).hexdigest()
