/** One server-sent event. */
export interface IServerEvent {
  event: string;
  data: string;
}

/** Read server-sent events from the body of a response, in whatever pieces it arrives, until `signal` stops it. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal
): AsyncGenerator<IServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  const stop = () => {
    reader.cancel().catch(() => undefined);
  };
  signal.addEventListener('abort', stop);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      rest += decoder.decode(value, { stream: true });
      const blocks = rest.split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        yield parseBlock(block);
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

/** A block without data, like a comment, is an event without a name: it tells that the stream is alive. */
function parseBlock(block: string): IServerEvent {
  let event = 'message';
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const [, field, value] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'event') {
      event = value ?? '';
    } else if (field === 'data') {
      data.push(value ?? '');
    }
  }
  return { event: data.length ? event : '', data: data.join('\n') };
}
