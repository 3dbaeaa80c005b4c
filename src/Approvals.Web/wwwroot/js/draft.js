// A draft saves itself while somebody types, and files are sent as soon as they are chosen. Without this file the buttons do it.
(() => {
  'use strict';
  const form = document.getElementById('draft');
  if (!form) return;
  const saved = document.getElementById('saved');
  let timer = 0;
  let running = null;
  const place = `place:${location.pathname}`;

  const save = async () => {
    // One at a time: the answer carries the row version that the next save must show.
    if (running) { schedule(); return; }
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string' && !name.startsWith('remove-file:')) body.append(name, value);
    }
    running = fetch('?handler=Autosave', { method: 'POST', body, headers: { 'X-Requested-With': 'fetch' } });
    try {
      const answer = await running;
      if (answer.ok && !answer.redirected) saved.innerHTML = await answer.text();
    } catch {
      // Offline: the next change tries again, and the button still saves.
    } finally {
      running = null;
    }
  };
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
