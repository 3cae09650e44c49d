"""Regulations and how they are asked about: corpus, Persian analysis, search, understanding, answers.

Knows neither aiogram nor SQLAlchemy nor FastAPI.
"""
