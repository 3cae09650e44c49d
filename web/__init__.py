"""The web edge: chat page, pages of the law, REST API, health, metrics. Translates HTTP to use cases; owns no rule."""
