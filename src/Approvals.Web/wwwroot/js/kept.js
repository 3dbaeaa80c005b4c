// What somebody typed outlives a lost sign-in, a fault and a closed lid: while it is not stored on the server it is kept in this tab,
// for this person and this page, and put back when the page is opened again. Never files, passwords or drawn signatures.
// Without this file nothing is kept; the server still shows everything again that it refused.
(() => {
  'use strict';
  const form = document.querySelector('form:is([data-kept="stored"], [data-kept="saved"], [data-kept="typed"])');
  const person = document.body.dataset.person;
  if (!form || !person) return;

  const key = `kept:${person}:${location.pathname}`;
  const said = document.querySelector('[data-kept-line]');
  let leaving = false;

  // RowVersion goes with the text: a draft saved in another window meanwhile is told of and not overwritten.
  const isKept = (one) => one.name && !one.disabled && !one.name.startsWith('remove-file:')
    && (one.name === 'RowVersion' || !['hidden', 'file', 'password', 'radio', 'submit', 'button'].includes(one.type));
  const fields = () => [...form.elements].filter(isKept);
  const snapshot = () => fields().filter((one) => one.type !== 'checkbox' || one.checked).map((one) => [one.name, one.value]);
  const textOf = (entries) => JSON.stringify(entries.filter(([name]) => name !== 'RowVersion'));

  // What a page shows again after a refusal is stored nowhere either.
  let stored = form.dataset.kept === 'typed' ? '' : textOf(snapshot());
  const isDirty = () => textOf(snapshot()) !== stored;
  const keep = (sent) => {
    try {
      if (isDirty()) sessionStorage.setItem(key, JSON.stringify({ path: location.pathname, sent, entries: snapshot() }));
      else sessionStorage.removeItem(key);
    } catch {
      // The store is full or switched off: the page is as it would be without this file.
    }
  };
  const say = () => { if (said) said.hidden = false; };

  const fill = (entries) => {
    const values = new Map(entries);
    for (const one of fields()) {
      const [was, kept] = one.type === 'checkbox' ? [one.checked, values.has(one.name)] : [one.value, values.get(one.name) ?? one.value];
      if (was === kept) continue;
      if (one.type === 'checkbox') one.checked = kept;
      else one.value = kept;
      one.dispatchEvent(new Event('input', { bubbles: true }));
    }
  };

  // Rows and conditional fields are drawn by the server: it gets what is missing here, and the form's first button decides nothing.
  const redraw = (entries) => {
    const names = new Set(entries.map(([name]) => name));
    const shown = new Set(fields().map((one) => one.name));
    const missing = entries.filter(([name]) => !shown.has(name));
    const extra = fields().filter((one) => one.type !== 'checkbox' && one.name.includes('[') && !names.has(one.name));
    if (missing.length + extra.length === 0) return false;
    for (const one of extra) one.disabled = true;
    for (const [name, value] of missing) {
      form.append(Object.assign(document.createElement('input'), { type: 'text', hidden: true, name, value }));
    }
    sessionStorage.setItem(`${key}:said`, '1');
    leaving = true;
    form.requestSubmit(form.querySelector('button[type="submit"]'));
    return true;
  };

  const restore = () => {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    if (sessionStorage.getItem(`${key}:said`)) {
      sessionStorage.removeItem(`${key}:said`);
      say();
    }
    if (!kept) return;
    if (form.dataset.kept !== 'stored') {
      keep(false);
      return;
    }
    if (textOf(kept.entries) === stored) {
      sessionStorage.removeItem(key);
      return;
    }
    fill(kept.entries);
    if (redraw(kept.entries)) return;
    say();
    keep(false);
  };

  let sending = stored;
  form.addEventListener('saving', () => { sending = textOf(snapshot()); });
  form.addEventListener('saved', () => {
    stored = sending;
    keep(false);
  });
  form.addEventListener('input', () => keep(false));
  form.addEventListener('change', () => keep(false));
  form.addEventListener('submit', () => {
    leaving = true;
    keep(true);
  });
  window.addEventListener('pageshow', (event) => { if (event.persisted) leaving = false; });
  window.addEventListener('beforeunload', (event) => {
    if (!leaving && isDirty() && !form.hasAttribute('data-autosave')) event.preventDefault();
  });
  document.querySelector('[data-kept-drop]')?.addEventListener('click', () => {
    sessionStorage.removeItem(key);
    leaving = true;
    location.assign(location.pathname);
  });

  // When all scripts of the page listen: a draft that was put back is saved at once.
  document.addEventListener('DOMContentLoaded', restore);
})();
