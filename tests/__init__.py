"""Tests; a package, so that no other of that name in the environment stands before it."""
