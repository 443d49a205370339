"""Answers that know nothing of the task. A test cell that one of them passes verifies nothing."""

from collections.abc import Iterable

IMPOSTORS = {
    "nothing": "always gives None",
    "echo": "gives its first argument back",
    "everything": "gives an object that equals everything",
}

_SOURCES = {
    "nothing": (
        "class _Impostor:\n"
        "    def __call__(self, *args, **kwargs): return None\n"
        "    def __getattr__(self, name): return _Impostor()\n"
    ),
    "echo": (
        "class _Impostor:\n"
        "    def __call__(self, *args, **kwargs): return args[0] if args else self\n"
        "    def __getattr__(self, name): return _Impostor()\n"
    ),
    "everything": (
        "class _Impostor:\n"
        "    def __call__(self, *args, **kwargs): return self\n"
        "    def __getattr__(self, name): return self\n"
        "    def __iter__(self): return iter((self,))\n"
        "    def __hash__(self): return 0\n"
        "    def __bool__(self): return True\n"
        "    def __enter__(self): return self\n"
        "    def __exit__(self, *args): return True\n"
        "for _name in ('eq', 'ne', 'lt', 'le', 'gt', 'ge', 'contains', 'instancecheck', 'subclasscheck'):\n"
        "    setattr(_Impostor, f'__{_name}__', lambda self, *args: True)\n"
        "for _name in ('add', 'radd', 'sub', 'rsub', 'mul', 'rmul', 'truediv', 'rtruediv', 'abs', 'neg', "
        "'round', 'getitem'):\n"
        "    setattr(_Impostor, f'__{_name}__', lambda self, *args: self)\n"
    ),
}


def impostor(kind: str, names: Iterable[str]) -> str:
    """The source of an answer cell in which every name is an impostor."""
    return _SOURCES[kind] + "".join(f"{name} = _Impostor()\n" for name in names)
