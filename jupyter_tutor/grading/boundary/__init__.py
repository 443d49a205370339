"""What crosses between judge and player, and how: the only code of the project that runs inside the two jails.

The standard library alone (numpy and pandas where a value already needs them); nothing here is a secret.
"""
