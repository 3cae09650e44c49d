"""Files in both directions (Bot API, "Sending files" and getFile)."""

import struct
from typing import Any

from tests.support.botapi.backend import Backend
from tests.support.botapi.errors import ApiError, bad_request
from tests.support.botapi.params import MAX_UPLOAD, Params, Upload
from tests.support.botapi.world import StoredFile, World

Json = dict[str, Any]
MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
MAX_PHOTO_SIDES = 10_000
MAX_PHOTO_RATIO = 20


def get_file(api: Backend, params: Params) -> Json:
    """getFile: files of up to 20 MB can be downloaded."""
    file_id = params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = api.world.files.get(file_id)
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.size > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return _ids(stored) | {"file_path": stored.path}


def take_document(world: World, params: Params, name: str) -> Json:
    """The Document of an upload or a known file_id."""
    return document_fields(_take(world, params, name))


def take_photo(world: World, params: Params, name: str) -> list[Json]:
    """The PhotoSizes of an upload or a known file_id; it must be a picture within Telegram's limits."""
    stored = _take(world, params, name)
    if stored.size > MAX_PHOTO:
        raise bad_request(
            f"file of size {stored.size} bytes is too big for a photo; the maximum size is {MAX_PHOTO} bytes"
        )
    size = picture_size(stored.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if not 0 < width + height <= MAX_PHOTO_SIDES or max(size) > MAX_PHOTO_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return [_ids(stored) | {"width": width, "height": height}]


def document_fields(stored: StoredFile) -> Json:
    """The Document object."""
    return _ids(stored) | {"file_name": stored.name, "mime_type": stored.mime_type}


def _ids(stored: StoredFile) -> Json:
    return {"file_id": stored.file_id, "file_unique_id": stored.unique_id, "file_size": stored.size}


def _take(world: World, params: Params, name: str) -> StoredFile:
    value = params.text(name)
    key = value.removeprefix("attach://") if value.startswith("attach://") else name
    upload = params.files.get(key)
    if upload is not None:
        return _stored(world, upload)
    if value in world.files:
        return world.files[value]
    if value.startswith(("http://", "https://")):
        raise bad_request("Failed to get HTTP URL content")
    if value:
        raise bad_request("wrong remote file identifier specified: Wrong string length")
    raise bad_request(f"there is no {'document' if name == 'document' else 'photo'} in the request")


def _stored(world: World, upload: Upload) -> StoredFile:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > MAX_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
    return world.store_file(upload.name, upload.content, upload.content_type)


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG, None for anything else."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:2] == b"\xff\xd8":
        return _jpeg_size(content)
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
