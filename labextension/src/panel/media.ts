/** What would be fetched from elsewhere as soon as it is drawn. */
const FETCHED = 'img, picture, audio, video, source, track';

/** HTML without pictures, sound and films; their descriptions stay. */
export function removeMedia(html: string): string {
  // nothing is fetched for a document that is only parsed
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const element of body.querySelectorAll(FETCHED)) {
    element.replaceWith(element.getAttribute('alt') ?? '');
  }
  return body.innerHTML;
}
