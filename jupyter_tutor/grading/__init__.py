"""What a check is, what a proof is, what a verdict is.

No process is started here and no kernel is known: `sandbox/` does that behind `ports.Jail`. `boundary/` is what runs
inside the two jails.
"""
