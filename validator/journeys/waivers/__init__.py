"""Waivers: matched with violations, checked for what is wrong with them, and listed."""
