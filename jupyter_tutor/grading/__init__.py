"""Judge and player: what crosses between them, what a check is, what a verdict is.

No process is started here and no kernel is known: `sandbox/` does that behind `ports.Jail`. `wire`, `agent`, `checks`,
`standins` and `judge` run inside the two jails and use the standard library alone.
"""
