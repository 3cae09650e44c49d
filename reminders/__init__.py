"""Obligations, legal time in the Jalali calendar, due dates, and the reminders that follow from them.

Knows neither aiogram nor SQLAlchemy nor FastAPI.
"""
