"""The ways people come: Telegram, web pages, a terminal. One shape, three skins; none knows another."""
