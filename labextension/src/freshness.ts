/** How often to look whether a new day has begun, in milliseconds. */
const CLOCK = 30_000;
/** Coming back after so many milliseconds loads everything again. */
const LONG = 600_000;

/** Call `load` now, when the local date changes, and when the learner comes back after long. The result ends it. */
export function keepFresh(load: () => void): () => void {
  let loadedAt = 0;
  let loadedOn = '';
  const loadNow = () => {
    loadedAt = Date.now();
    loadedOn = new Date().toDateString();
    load();
  };
  const loadOnNewDay = () => {
    if (new Date().toDateString() !== loadedOn) {
      loadNow();
    }
  };
  const loadAfterLong = () => {
    loadOnNewDay();
    if (Date.now() - loadedAt > LONG) {
      loadNow();
    }
  };
  loadNow();
  // a timer that ends at midnight would be late after the machine slept
  const clock = window.setInterval(loadOnNewDay, CLOCK);
  window.addEventListener('focus', loadAfterLong);
  return () => {
    window.clearInterval(clock);
    window.removeEventListener('focus', loadAfterLong);
  };
}
