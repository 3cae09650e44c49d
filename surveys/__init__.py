"""Citizens' surveys on service ids: services, questionnaires, responses, cases, results.

Knows neither a messenger nor a database; what it needs of storage stands in `surveys.ports`.
"""
