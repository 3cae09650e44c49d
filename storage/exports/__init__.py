"""Responses as files that other programs read: CSV, XLSX and Parquet, each with its data dictionary."""
