"""Rules about plans: there by a birthday, complete from an age on, or behind at the start."""
