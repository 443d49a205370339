import { ServerConnection } from '@jupyterlab/services';
import { TutorClient } from '../client';
import { CoachClient } from '../coach-client';
import { Connection } from '../connection';

const PATIENCE = { reconnect: 1, silence: 50, poll: 1, giveUp: 100 };

interface ICall {
  method: string;
  path: string;
  query: string;
  body: string;
  headers: Headers;
}

/** A client of a server that gives these answers, one after the other, the last again and again. */
export function client(...answers: (() => Response | Promise<Response>)[]) {
  const calls: ICall[] = [];
  const fetch = async (input: RequestInfo): Promise<Response> => {
    const { method, url, headers, text } = await read(input as Request);
    const { pathname, search: query } = new URL(url);
    const path = pathname.replace('/user/ada/tutor/api/v1/', '');
    calls.push({ method, path, query, body: text, headers });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (!answer) {
      throw new Error('no answer left');
    }
    return answer();
  };
  const settings = ServerConnection.makeSettings({
    baseUrl: 'http://localhost/user/ada/',
    token: 'secret',
    fetch
  });
  const connection = new Connection(settings, PATIENCE);
  return {
    client: new TutorClient(connection),
    coach: new CoachClient(connection),
    calls
  };
}

async function read(request: Request) {
  const { method, url, headers } = request;
  return { method, url, headers, text: await request.text() };
}

export function json(data: unknown, status = 200): () => Response {
  const headers = { 'Content-Type': 'application/json' };
  return () => new Response(JSON.stringify(data), { status, headers });
}

/** A stream of these bytes, `gap` milliseconds apart; `end` tells how it ends. */
export function stream(
  pieces: Uint8Array[],
  end: 'close' | 'error' | 'silence' = 'close',
  gap = 0
): () => Response {
  return () => {
    const left = [...pieces];
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (gap) {
          await new Promise(resolve => setTimeout(resolve, gap));
        }
        const piece = left.shift();
        if (piece) {
          controller.enqueue(piece);
        } else if (end === 'close') {
          controller.close();
        } else if (end === 'error') {
          controller.error(new TypeError('connection lost'));
        }
      }
    });
    return new Response(body);
  };
}

export function sse(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export async function all<E>(events: AsyncIterable<E>): Promise<E[]> {
  const result: E[] = [];
  for await (const event of events) {
    result.push(event);
  }
  return result;
}
