"""Telegram, through python-telegram-bot's types and requests; its handlers acknowledge too early for us."""
