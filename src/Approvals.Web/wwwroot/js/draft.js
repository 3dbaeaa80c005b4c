// A draft saves itself while somebody types, and files are sent as soon as they are chosen. Without this file the buttons do it.
(() => {
  'use strict';
  const form = document.getElementById('draft');
  if (!form) return;
  const saved = document.getElementById('saved');
  const signedOut = document.getElementById('not-saved-signed-out');
  const notSaved = document.getElementById('not-saved');
  let timer = 0;
  let running = null;
  let failed = false;
  const place = `place:${location.pathname}`;

  const save = async () => {
    // One at a time: the answer carries the row version that the next save must show.
    if (running) { schedule(); return; }
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string' && !name.startsWith('remove-file:')) body.append(name, value);
    }
    form.dispatchEvent(new Event('saving'));
    running = fetch('?handler=Autosave', { method: 'POST', body, redirect: 'manual', headers: { 'X-Requested-With': 'fetch' } });
    try {
      const answer = await running;
      if (answer.ok || answer.status === 409) saved.innerHTML = await answer.text();
      else fail(answer.type === 'opaqueredirect' || [400, 401, 403].includes(answer.status) ? signedOut : notSaved);
      if (answer.ok) form.dispatchEvent(new Event('saved'));
      failed = !answer.ok && answer.status !== 409;
    } catch {
      fail(notSaved);
      failed = true;
    } finally {
      running = null;
    }
  };

  // The row version stays where it is: only the words change, or the next save would look like one from another window.
  const fail = (words) => saved.querySelector('span').replaceWith(words.content.firstElementChild.cloneNode(true));

  // Back from the network's outage, or from signing in at another tab.
  const again = () => { if (failed && document.visibilityState === 'visible') schedule(); };
  window.addEventListener('online', again);
  document.addEventListener('visibilitychange', again);
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(save, 2000);
  };

  form.addEventListener('input', (event) => { if (event.target.type !== 'file') schedule(); });
  form.addEventListener('change', (event) => {
    if (event.target.type !== 'file' || event.target.files.length === 0) return;
    clearTimeout(timer);
    sessionStorage.setItem(place, event.target.id);
    form.requestSubmit(form.querySelector('button[value="save"]'));
  });

  // The page comes back from sending a file at that file, not at its top.
  const sent = document.getElementById(sessionStorage.getItem(place) ?? '');
  sessionStorage.removeItem(place);
  if (sent && !document.querySelector('main [autofocus]')) {
    sent.focus({ preventScroll: true });
    sent.scrollIntoView({ block: 'center', behavior: 'instant' });
  }
  form.addEventListener('submit', async (event) => {
    clearTimeout(timer);
    if (!running) return;
    // Wait for the save under way, or the page would look changed from another window.
    event.preventDefault();
    await running.catch(() => {});
    setTimeout(() => form.requestSubmit(event.submitter), 0);
  });
})();
