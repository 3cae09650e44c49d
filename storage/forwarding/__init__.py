"""Events on their way to other systems: their deliveries, the worker that sends them, and the targets."""
