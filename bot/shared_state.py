"""Conversation state and turns of many workers: in Redis, for aiogram.

Apart from `bot.state_storage` because importing the client costs a tenth of the start. aiogram's default Redis key
lacks the bot id and would mix bots up.
"""

from __future__ import annotations

from aiogram.fsm.storage.base import DefaultKeyBuilder
from aiogram.fsm.storage.redis import RedisEventIsolation, RedisStorage
from redis.asyncio import Redis

__all__ = ["PREFIX", "forget_in_redis", "redis_isolation", "redis_state"]

PREFIX = "rahyar:state"
#: A lock outlives a crashed worker by this long; longer than any handler may run (`bot.feeder.HANDLER_LIMIT_S`).
LOCK_S = 90.0
LOCK_POLL_S = 0.01


def _keys() -> DefaultKeyBuilder:
    return DefaultKeyBuilder(prefix=PREFIX, with_bot_id=True, with_business_connection_id=True, with_destiny=True)


def redis_state(redis: Redis) -> RedisStorage:
    """State in Redis, each bot's apart."""
    return RedisStorage(redis, key_builder=_keys())


def redis_isolation(redis: Redis) -> RedisEventIsolation:
    """One update of a person at a time, across all workers."""
    return RedisEventIsolation(redis, key_builder=_keys(), lock_kwargs={"timeout": LOCK_S, "sleep": LOCK_POLL_S})


async def forget_in_redis(redis: Redis, bot_id: int, person_id: int) -> int:
    """Deletes the person's state and data with this bot in every chat; how many keys there were."""
    found = [key async for key in redis.scan_iter(f"{PREFIX}:{bot_id}:*:{person_id}:*", count=1000)]
    mine = [key for key in found if not _text(key).endswith(":lock")]
    return int(await redis.delete(*mine)) if mine else 0


def _text(key: bytes | str) -> str:
    return key.decode() if isinstance(key, bytes) else key
