"""Language models behind any OpenAI-compatible server, and what they may cost.

The only home of openai, which is imported when the first request is made. Implements `ports.Model`; prompts, and what
an answer is good for, are the ideas' business. A key is never part of a message, a log record or a raised error.
"""
