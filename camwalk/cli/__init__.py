"""Every verb without a window: reads arguments, calls operations, prints. No rule lives here."""
