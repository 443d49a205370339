"""The door of the Jupyter server: REST and server-sent events.

Translates between HTTP and `Tutor`, and decides nothing. The only room that knows tornado and jupyter_server.
"""
