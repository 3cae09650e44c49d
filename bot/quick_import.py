"""Makes `import aiogram` four times as quick: its models are built when they are first used, not all at once.

aiogram.types ends by building the validators of all its 403 models, each with everything that it can hold: 4 of the 5
seconds and 90 of the 165 MB that the import takes (Python 3.11, aiogram 3.31, pydantic 2.13), for models of which a
bot meets a few dozen. pydantic builds a model at its first use by itself, if the names in its annotations can be
found where it was defined; aiogram imports these for type checkers only, so they are put there. The methods, which
import what they need, are built where they are defined (another 0.6 s), unless pydantic is told to defer that.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any

__all__ = ["defer_aiogram_models"]

_TYPES = "aiogram.types"


def defer_aiogram_models() -> None:
    """From now on aiogram's models are built at their first use. Does nothing when aiogram was imported already."""
    if _TYPES not in sys.modules and not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder(importlib.abc.MetaPathFinder):
    """Finds one module, the way it is found anyway, and has it loaded by `_Loader`."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != _TYPES:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)
        return spec


class _Loader(importlib.abc.Loader):
    def __init__(self, loader: importlib.abc.Loader) -> None:
        self._loader = loader

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        from aiogram.client.context_controller import BotContextController

        BotContextController.model_config["defer_build"] = True  # all models and methods inherit it
        with _building_deferred() as deferred:
            self._loader.exec_module(module)
        for model, names in deferred:
            vars(sys.modules[model.__module__]).update(
                {name: value for name, value in names.items() if name not in vars(sys.modules[model.__module__])}
            )


@contextmanager
def _building_deferred() -> Iterator[list[tuple[type, Mapping[str, Any]]]]:
    """Notes which models of aiogram.types were to be built with which names, instead of building them."""
    from pydantic import BaseModel

    build = BaseModel.__dict__["model_rebuild"]
    deferred: list[tuple[type, Mapping[str, Any]]] = []

    def note(
        cls: type[BaseModel], /, *, _types_namespace: Mapping[str, Any] | None = None, **options: Any
    ) -> bool | None:
        if cls.__module__.startswith(_TYPES) and _types_namespace:
            deferred.append((cls, _types_namespace))
            return None
        built: bool | None = build.__func__(cls, _types_namespace=_types_namespace, **options)
        return built

    BaseModel.model_rebuild = classmethod(note)  # type: ignore[assignment,method-assign]
    try:
        yield deferred
    finally:
        BaseModel.model_rebuild = build  # type: ignore[method-assign]
