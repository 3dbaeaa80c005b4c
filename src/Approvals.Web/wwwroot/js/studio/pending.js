// Changes that are not stored: on their way, refused, or kept over a lost sign-in and sent again after the next one.
import * as bar from 'studio/bar';
import { texts } from 'studio/texts';

const key = 'studio.pending';
const person = document.body.dataset.person;

/** Keeps the change of the page that is open. */
export const keep = (url, body) =>
  sessionStorage.setItem(key, JSON.stringify({ person, path: location.pathname, url, body }));

/** Goes to the sign-in, which leads back to this page. */
export const signIn = () =>
  location.assign(`/account/sign-in?returnUrl=${encodeURIComponent(location.pathname + location.search)}`);

const download = (body) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(JSON.parse(body).model, null, 2)], { type: 'application/json' }));
  link.download = 'unsaved.json';
  link.click();
  URL.revokeObjectURL(link.href);
};

/** Saves what was kept for this page and this person, by `send`; must be done before Studio reads the definition. */
export const restore = async (send) => {
  const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
  if (kept?.person !== person || kept.path !== location.pathname) return;
  const answer = await send(kept.url, { method: 'POST', body: kept.body, headers: { 'Content-Type': 'application/json' } });
  sessionStorage.removeItem(key);
  if (answer.ok) {
    bar.show('restored', texts.restored, [], false);
    return;
  }
  const { errors = {} } = await answer.json();
  bar.show('restored', texts.notRestored + Object.values(errors).flat().join(' '),
    [{ text: texts.download, act: () => download(kept.body) }]);
};

const underway = new Set();
let refused = null;
let edited = null;
let savedAt = null;

// An edit that Studio makes nothing of, such as a word searched for, is not called unsaved for longer than this.
const patience = 5000;

const isShown = (field) => field.isConnected && field.checkVisibility();
const isTyping = () => edited?.field != null && isShown(edited.field);

const tell = () => {
  if (refused !== null) bar.saving(texts.unsaved, true);
  else if (underway.size > 0) bar.saving(texts.saving);
  else if (edited !== null) bar.saving(texts.edited);
  else bar.saving(savedAt === null ? '' : texts.saved(savedAt));
};

const expire = (mine) => {
  if (edited !== mine || isTyping()) return;
  edited = null;
  tell();
};

/** A draft leaves Studio; the answer is told what became of it. */
export const begin = (body) => {
  const mine = { body };
  underway.add(mine);
  // What stands in a field is in the draft, or has not been handed over yet.
  const held = isTyping() ? JSON.stringify(edited.field.value).slice(1, -1) : '';
  if (edited !== null && JSON.stringify(JSON.parse(body)).includes(held)) edited = null;
  tell();
  return {
    stored: () => {
      underway.delete(mine);
      refused = null;
      bar.hide('refused');
      savedAt = new Date().toLocaleTimeString('zh-CN');
      tell();
    },
    refused: (messages) => {
      underway.delete(mine);
      refused = body;
      bar.show('refused', `${texts.notSaved}${messages.join(' ')}`, [
        { text: texts.download, act: () => download(refused ?? body) },
        { text: texts.reload, act: () => location.reload() },
      ]);
      tell();
    },
  };
};

/** Gives the newest of the drafts under way to somebody who keeps it. */
export const handOver = () => {
  const newest = [...underway].at(-1)?.body;
  underway.clear();
  return newest;
};

const hasUnsaved = () => refused !== null || underway.size > 0 || edited !== null;

// The field above the toolbox only searches it.
const isSearch = (field) => field.closest('.mud-input-control')?.querySelector('path[d^="M15.5 14h"]') != null;

const note = ({ target, type }) => {
  if (!(target instanceof Element) || !target.closest('.mud-tab-panel') || isSearch(target)) return;
  const isCode = target.closest('.monaco-editor') !== null;
  const mine = { field: type === 'input' && !isCode && typeof target.value === 'string' ? target : null };
  edited = mine;
  if (mine.field === null) setTimeout(expire, patience, mine);
  else mine.field.addEventListener('blur', () => setTimeout(() => { mine.field = null; expire(mine); }, patience), { once: true });
  tell();
};

/** Asks before the page is left with something unsaved, and says in the header that it is. */
export const guard = (host) => {
  window.addEventListener('beforeunload', (event) => { if (hasUnsaved()) event.preventDefault(); });
  if (!host.dataset.definition || document.body.dataset.access === 'read') return;
  for (const type of ['input', 'change']) host.addEventListener(type, note, true);
};
