// Between Studio and the network. Studio shows only one kind of refusal (400 on a save) and breaks on all others, so they are told here
// and turned into what it can show; where nothing can be turned, the request is left without an answer and the page says why.
import * as bar from 'studio/bar';
import * as pending from 'studio/pending';
import { texts } from 'studio/texts';

const token = document.body.dataset.requestToken;
const send = window.fetch.bind(window);
const never = () => new Promise(() => {});
const pause = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });
const unanswered = new Set();

const isApi = (url) => url.origin === location.origin && url.pathname.startsWith('/elsa/');
const isSave = (url, method) => method === 'POST' && /\/workflow-definitions(\/[^/]+\/(publish|retract))?$/.test(url.pathname);
const isDefinition = (url) => /\/workflow-definitions(\/by-(definition-)?id\/[^/]+)?$/.test(url.pathname);
const isSignedOut = (answer) => answer.status === 401 || (answer.redirected && answer.url.includes('/account/sign-in'));

const refusals = { 403: texts.notAllowed, 404: texts.missing, 409: texts.conflict, 413: texts.tooLarge, 429: texts.tooMany };

/** The messages of a refusal: Elsa's errors, problem details, or ours for the status. */
const messagesOf = async (answer) => {
  const body = await answer.clone().json().catch(() => ({}));
  const given = Object.values(body.errors ?? {}).flat().filter((one) => typeof one === 'string' && one !== '');
  return given.length > 0 ? given : [body.detail ?? body.message ?? refusals[answer.status] ?? texts.failed];
};

const asShown = (messages) => new Response(JSON.stringify({ errors: { '': messages } }),
  { status: 400, headers: { 'Content-Type': 'application/problem+json' } });

/** Sends until the server answers: a lost connection is told, and the change stays in hand. */
const reach = async (url, init) => {
  const mine = {};
  for (let wait = 1; ; wait = Math.min(wait * 2, 15)) {
    try {
      const answer = await send(url, init);
      if (answer.status < 502 || answer.status > 504) {
        unanswered.delete(mine);
        if (unanswered.size === 0) bar.hide('connection');
        return answer;
      }
    } catch (fault) {
      if (init.signal?.aborted) throw fault;
    }
    unanswered.add(mine);
    bar.show('connection', texts.connectionLost);
    await pause(wait);
  }
};

const learn = async (url, save, answer) => {
  if (save) bar.saving(texts.saved(new Date().toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', second: '2-digit' })));
  if (!isDefinition(url) || !document.getElementById('studio').dataset.definition) return;
  const body = await answer.clone().json().catch(() => ({}));
  const definition = body.workflowDefinition ?? body;
  if (definition.definitionId === document.getElementById('studio').dataset.definition) bar.describe(definition);
};

const ask = async (url, init) => {
  const method = (init.method ?? 'GET').toUpperCase();
  const headers = new Headers(init.headers);
  headers.set('X-CSRF-TOKEN', token);
  const save = isSave(url, method);
  if (save) bar.saving(texts.saving);
  const answer = await reach(url, { ...init, headers });
  if (isSignedOut(answer)) {
    const changes = save && url.pathname.endsWith('/workflow-definitions');
    if (changes) pending.keep(url.pathname + url.search, init.body);
    bar.show('signed-out', changes ? texts.signedOut : texts.signedOutReading, [{ text: texts.signIn, act: pending.signIn }]);
    return never();
  }
  if (answer.ok) {
    await learn(url, save, answer);
    return answer;
  }
  const messages = await messagesOf(answer);
  if (save) {
    bar.saving(texts.unsaved, true);
    return asShown(messages);
  }
  bar.problem(messages.join(' '));
  return never();
};

/** Takes the place of window.fetch; must be called before Studio starts. */
export const watch = () => {
  window.fetch = (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input, document.baseURI);
    return isApi(url) && !(input instanceof Request) ? ask(url, init) : send(input, init);
  };
  window.addEventListener('beforeunload', (event) => { if (unanswered.size > 0) event.preventDefault(); });
};
