"""The list of waivers as text and JSON."""
