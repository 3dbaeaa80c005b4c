// Keyboard helpers and small conveniences. Every page works without this file.
(() => {
  'use strict';

  const typing = (element) =>
    element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

  // A menu closes when one clicks or tabs elsewhere, or presses Escape.
  document.addEventListener('click', (event) => {
    for (const menu of document.querySelectorAll('details.menu[open]')) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  // A changed filter applies at once; the button for it is only needed without scripts.
  for (const form of document.querySelectorAll('form[data-apply-on-change]')) {
    form.querySelector('[data-apply]')?.setAttribute('hidden', '');
    form.addEventListener('change', () => form.requestSubmit());
  }

  // How much of a long text is left is said from its half on; what is too long is told, by the server as well, and never cut.
  for (const field of document.querySelectorAll('textarea[data-most]')) {
    const most = Number(field.dataset.most);
    const count = Object.assign(document.createElement('p'), { className: 'form-note text-count', hidden: true });
    const tell = () => {
      const length = field.value.trim().length;
      count.hidden = length < most / 2;
      count.classList.toggle('refused', length > most);
      count.textContent = `${length} / ${most}${length > most ? ` · ${field.dataset.over.replace('{0}', length - most)}` : ''}`;
    };
    count.setAttribute('role', 'status');
    field.after(count);
    field.addEventListener('input', tell);
    tell();
  }

  // Open for those without scripts; on a phone with them closed until asked for.
  if (matchMedia('(max-width: 767.98px)').matches) {
    for (const part of document.querySelectorAll('details[data-closed-on-phone="true"]')) part.open = false;
  }

  // Common phrases go into the opinion where the cursor is.
  for (const button of document.querySelectorAll('[data-phrase]')) {
    button.addEventListener('click', () => {
      const field = document.getElementById(button.dataset.phraseFor);
      field.setRangeText(button.dataset.phrase, field.selectionStart, field.selectionEnd, 'end');
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.focus();
    });
  }

  for (const phrases of document.querySelectorAll('[data-phrases]')) phrases.hidden = false;

  // The diagram is wider than the page: bring the present step into its middle.
  for (const frame of document.querySelectorAll('.flow-frame')) {
    const step = frame.querySelector('.flow-current, .flow-faulted');
    if (!step) continue;
    const [box, outer] = [step.getBoundingClientRect(), frame.getBoundingClientRect()];
    frame.scrollLeft += box.left - outer.left - (outer.width - box.width) / 2;
  }

  // After a refusal the keyboard begins at what is wrong, unless the page names the place itself (a list of errors).
  if (!document.querySelector('main [autofocus]')) {
    document.querySelector('main :is([aria-invalid="true"], .is-invalid, .input-validation-error):not([type="hidden"])')?.focus();
  }

  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }

  // A form is sent once, however often its button is pressed. One that brings a file leaves the page as it is, so it can be sent again
  // for another file at once, and for the same one after a moment.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post' || form.hasAttribute('data-autosave')) return;
    const isDownload = form.hasAttribute('data-download');
    const what = isDownload ? `file ${event.submitter?.value}` : '1';
    if (form.dataset.sent === what) { event.preventDefault(); return; }
    form.dataset.sent = what;
    if (isDownload) setTimeout(() => { delete form.dataset.sent; }, 1000);
  });
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
  });

  // What is kept of unsaved forms (kept.js) is for one person: it goes when they sign out, when somebody else signs in, and when what
  // they sent has led on to another page.
  const keptKeys = () => Object.keys(sessionStorage).filter((key) => key.startsWith('kept:'));
  const person = document.body.dataset.person;
  for (const key of person ? keptKeys() : []) {
    if (!key.startsWith(`kept:${person}:`)) sessionStorage.removeItem(key);
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    if (kept?.sent && kept.path !== location.pathname) sessionStorage.removeItem(key);
  }
  document.addEventListener('submit', (event) => {
    if (event.target.getAttribute('action') !== '/account/sign-out') return;
    for (const key of keptKeys()) sessionStorage.removeItem(key);
  });

  const rows = () => [...document.querySelectorAll('[data-row]')];
  const move = (step) => {
    const all = rows();
    if (all.length === 0) return;
    const at = all.indexOf(document.activeElement);
    all[Math.min(all.length - 1, Math.max(0, at === -1 ? 0 : at + step))].focus();
  };

  const help = document.getElementById('key-help');
  const press = {
    j: () => move(1),
    k: () => move(-1),
    a: () => document.querySelector('[data-key="a"]')?.click(),
    r: () => document.querySelector('[data-key="r"]')?.click(),
    b: () => document.querySelector('[data-key="b"]')?.click(),
    '?': () => help && (help.open ? help.close() : help.showModal()),
  };

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      for (const menu of document.querySelectorAll('details.menu[open]')) menu.open = false;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const action = press[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });
})();
