"""Screens: data in, a text with its keyboard out. One screen a function; nothing is sent, stored or decided here."""
