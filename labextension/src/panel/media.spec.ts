import { describe, expect, it } from 'vitest';
import { removeMedia } from './media';

describe('media', () => {
  it.each([
    [
      '<p>See <img src="https://spy.test/?q=secret" alt="a &lt;tree&gt;">.</p>',
      '<p>See a &lt;tree&gt;.</p>'
    ],
    ['<video src="https://spy.test/b"><p>x</p></video>', ''],
    [
      '<picture><source srcset="https://spy.test/c"><img src="d"></picture>!',
      '!'
    ],
    ['<pre><code>a &lt; b</code></pre>', '<pre><code>a &lt; b</code></pre>']
  ])('are taken out of %s', (html, left) => {
    expect(removeMedia(html)).toBe(left);
  });
});
