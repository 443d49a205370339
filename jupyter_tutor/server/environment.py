"""What the kernels that a server starts get of its environment."""

import os
from collections.abc import Callable, Mapping
from typing import Any

KEY = "OPENAI_API_KEY"


def hide_key(kernels: Any, log: Callable[[str], None]) -> None:
    """Have a kernel manager give its kernels no key of the language model; the first time is told."""
    told = False

    def without(env: Mapping[str, str]) -> dict[str, str]:
        nonlocal told
        if not told:
            log(f"{KEY} is hidden from kernels: set c.Tutor.hide_key = False where notebooks need it")
            told = True
        return {name: value for name, value in env.items() if name != KEY}

    def hidden(call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*, env: Mapping[str, str] | None = None, **options: Any) -> Any:
            env = os.environ if env is None else env
            return call(env=without(env) if KEY in env else env, **options)

        return called

    kernels.start_kernel = hidden(kernels.start_kernel)
    kernels.update_env = hidden(kernels.update_env)  # a notebook that is renamed gets the environment again
