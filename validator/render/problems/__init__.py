"""Problems of policies as text, one line each, and JSON."""
