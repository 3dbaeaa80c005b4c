// A change that could not be saved because the person was signed out: kept in this tab, sent again after the next sign-in.
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

/** Saves what was kept for this page and this person; must be done before Studio reads the definition. */
export const restore = async () => {
  const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
  if (kept?.person !== person || kept.path !== location.pathname) return;
  const answer = await fetch(kept.url, { method: 'POST', body: kept.body, headers: { 'Content-Type': 'application/json' } });
  sessionStorage.removeItem(key);
  if (answer.ok) {
    bar.show('restored', texts.restored, [], false);
    return;
  }
  const { errors = {} } = await answer.json();
  bar.show('restored', texts.notRestored + Object.values(errors).flat().join(' '),
    [{ text: texts.download, act: () => download(kept.body) }]);
};
