"""Channels, delivery, middlewares, texts and screens: everything between a person and a handler."""
