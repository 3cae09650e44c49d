"""Bot API, "Getting updates"."""

from typing import Any

from tests.support.botapi.backend import Backend, Described
from tests.support.botapi.params import Params
from tests.support.botapi.updates import Webhook
from tests.support.botapi.webhook import check_webhook


async def get_updates(api: Backend, params: Params) -> list[dict[str, Any]]:
    """getUpdates."""
    api.queue.allow(params.json("allowed_updates", "allowed updates"))
    return await api.queue.poll(params.integer("offset"), params.integer("limit", 100), params.integer("timeout"))


def set_webhook(api: Backend, params: Params) -> Described:
    """setWebhook; an empty url removes it."""
    if not params.text("url"):
        return delete_webhook(api, params)
    webhook = Webhook(
        params.text("url"),
        params.text("secret_token"),
        min(max(params.integer("max_connections", 40), 1), 100),
        params.text("ip_address"),
    )
    check_webhook(webhook)
    api.queue.allow(params.json("allowed_updates", "allowed updates"))
    _drop_pending(api, params)
    known = api.queue.webhook
    if known and (known.url, known.secret_token, known.max_connections) == (
        webhook.url,
        webhook.secret_token,
        webhook.max_connections,
    ):
        return Described(True, "Webhook is already set")
    api.queue.set_webhook(webhook)
    return Described(True, "Webhook was set")


def delete_webhook(api: Backend, params: Params) -> Described:
    """deleteWebhook."""
    _drop_pending(api, params)
    if api.queue.webhook is None:
        return Described(True, "Webhook is already deleted")
    api.queue.set_webhook(None)
    return Described(True, "Webhook was deleted")


def get_webhook_info(api: Backend, _params: Params) -> dict[str, Any]:
    """getWebhookInfo; ``url`` is empty while the bot polls."""
    webhook = api.queue.webhook
    info: dict[str, Any] = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(api.queue.pending),
    }
    if webhook:
        info["max_connections"] = webhook.max_connections
        if webhook.ip_address:
            info["ip_address"] = webhook.ip_address
        if webhook.last_error_at is not None:
            info |= {"last_error_date": int(webhook.last_error_at), "last_error_message": webhook.last_error}
    if api.queue.allowed:
        info["allowed_updates"] = api.queue.allowed
    return info


def _drop_pending(api: Backend, params: Params) -> None:
    if params.boolean("drop_pending_updates"):
        api.queue.confirm({update["update_id"] for update in api.queue.pending})
