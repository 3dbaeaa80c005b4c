// Between Studio and the network. Studio shows only one kind of refusal (400 on a save) and breaks on all others, so they are told here
// and turned into what it can show; where nothing can be turned, the request is left without an answer and the page says why.
import * as bar from 'studio/bar';
import * as pending from 'studio/pending';
import { viewerOf } from 'studio/places';
import { asShown, isSignedOut, messagesOf } from 'studio/refusals';
import { isList, isToolbox, listFrom, toolboxFrom } from 'studio/reuse';
import { inOrder, keepYours, standOnLast } from 'studio/saves';
import { texts } from 'studio/texts';

const token = document.body.dataset.requestToken;
const send = window.fetch.bind(window);
const asText = (body) => (typeof body === 'string' ? body : new TextDecoder().decode(body));
let onStandstillEnd = () => {};
const never = () => {
  onStandstillEnd();
  return new Promise(() => {});
};
const pause = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });
const unanswered = new Set();
let signedOut = false;
let keptChange = false;

const isApi = (url) => url.origin === location.origin && url.pathname.startsWith('/elsa/');
const isDraft = (url, method) => method === 'POST' && url.pathname.endsWith('/workflow-definitions');
const isSave = (url, method) => isDraft(url, method)
  || (method === 'POST' && /\/workflow-definitions\/[^/]+\/(publish|retract)$/.test(url.pathname));
const isPublication = (url, method) => (method === 'POST' ? /\/workflow-definitions\/([^/]+)\/publish$/.exec(url.pathname) : null);
const isRun = (url, method) => method === 'POST' && /\/workflow-definitions\/[^/]+\/execute$/.test(url.pathname);
const isDefinition = (url) => /\/workflow-definitions(\/by-(definition-)?id\/[^/]+)?$/.test(url.pathname);

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

const learn = async (url, answer) => {
  const { definition: shown } = document.getElementById('studio').dataset;
  if (!shown || !isDefinition(url)) return;
  const body = await answer.clone().json().catch(() => ({}));
  const definition = body.workflowDefinition ?? body;
  if (definition.definitionId === shown) bar.describe(definition);
};

const isDrawn = () => document.querySelector('#studio .x6-node, #studio table tbody tr') !== null;

const tellSignedOut = (url, method, body) => {
  signedOut = true;
  if (isDraft(url, method)) {
    pending.keep(url.pathname, standOnLast(pending.handOver() ?? body));
    keptChange = true;
  }

  // Before anything is drawn nothing can have been changed, and half a page helps nobody. Later, an edit may still be on its way here.
  if (!keptChange && !isDrawn()) pending.signIn();
  else bar.show('signed-out', keptChange ? texts.signedOut : texts.signedOutReading, [{ text: texts.signIn, act: pending.signIn }]);
  return never();
};

/** The editor goes to what a run comes to by itself; the list would only say that it has begun. */
const follow = (answer) => {
  const { definition: shown } = document.getElementById('studio').dataset;
  const run = answer.headers.get('x-elsa-workflow-instance-id');
  if (!shown && run) location.assign(viewerOf(run));
};

/** What an act brings with it, in words, with a button that does it all the same. The list is fetched anew afterwards. */
const askBack = (url, init, message, confirm) => {
  const act = async () => {
    const headers = new Headers(init.headers);
    headers.set('X-Confirmed', confirm);
    await ask(url, { ...init, headers });
    location.reload();
  };
  bar.show('confirm', message, [{ text: texts.endAnyway, act }]);
  return never();
};

const ask = async (url, init) => {
  const headers = new Headers(init.headers);
  headers.set('X-CSRF-TOKEN', token);
  const answer = await reach(url, { ...init, headers });
  if (isSignedOut(answer)) return tellSignedOut(url, init.method, init.body);
  if (answer.ok) {
    await learn(url, answer);
    if (isRun(url, init.method)) follow(answer);
    return answer;
  }
  const messages = await messagesOf(answer);
  const { confirm } = await answer.clone().json().catch(() => ({}));
  if (confirm) return askBack(url, init, messages.join(' '), confirm);
  if (isSave(url, init.method)) return asShown(messages);
  bar.problem(messages.join(' '));
  return never();
};

/** A draft on its way, after those before it. */
const saveDraft = (url, init, body) => {
  const draft = pending.begin(body);
  return inOrder(body, async (mine) => {
    const answer = await ask(url, { ...init, body: mine });
    if (answer.ok) draft.stored();
    else draft.refused(await messagesOf(answer));
    return answer;
  });
};

/** What keeps a process from being published stays to be read; Studio shows it for some seconds only. */
const tellUnpublished = async (definition, answer) => {
  const act = () => location.assign(`/processes/${encodeURIComponent(definition)}/publish`);
  bar.show('unpublished', texts.unpublished((await messagesOf(answer)).length), [{ text: texts.seeWhy, act }]);
};

const publishing = async (definition, send) => {
  const answer = await send();
  if (answer.ok) bar.hide('unpublished');
  else await tellUnpublished(definition, answer);
  return answer;
};

/** While Studio takes over what was published, an edit would be lost under it. */
const standStill = async (act) => {
  const host = document.getElementById('studio');
  const release = () => { host.inert = false; };
  host.inert = true;
  onStandstillEnd = release;
  const answer = await act();
  let left = 100;
  const look = () => {
    if (left-- > 0 && host.querySelector('.mud-progress-linear') !== null) setTimeout(look, 100);
    else release();
  };
  setTimeout(look, 500);
  return answer;
};

/** First stored as a draft, then published: a refusal to publish leaves nothing unsaved. */
const publishDraft = (url, init, body) => standStill(async () => {
  const save = JSON.parse(body);
  if (save.model.id) {
    const stored = await saveDraft(url, init, JSON.stringify({ ...save, publish: false }));
    if (!stored.ok) return stored;
  }
  return publishing(save.model.definitionId, () => inOrder(body, (mine) => ask(url, { ...init, body: mine })));
});

const sendDraft = async (url, init, body) => {
  const { publish, model } = JSON.parse(body);
  if (publish) return publishDraft(url, init, body);
  const answer = await saveDraft(url, init, body);
  return answer.ok && model.id ? keepYours() : answer;
};

// Studio names the version it opened, though an edit may have begun the next one since.
const exportNewest = (url) => {
  const open = bar.openVersion();
  if (open?.isLatest && url.pathname.endsWith(`/workflow-definitions/${encodeURIComponent(open.definitionId)}/export`)) {
    url.searchParams.set('versionOptions', open.version);
  }
};

const route = (url, given) => {
  const init = { ...given, method: (given.method ?? 'GET').toUpperCase() };
  const { method, body } = init;
  const shared = { ...init, signal: undefined };
  if (isDraft(url, method)) {
    const draft = asText(body);
    return signedOut ? tellSignedOut(url, method, standOnLast(draft)) : sendDraft(url, shared, draft);
  }
  const published = isPublication(url, method);
  if (published) return publishing(decodeURIComponent(published[1]), () => ask(url, shared));
  if (isToolbox(url, method)) return toolboxFrom(() => ask(url, shared));
  exportNewest(url);
  if (isList(url, method)) return listFrom(`${url.pathname} ${asText(body)}`, () => ask(url, shared));
  return ask(url, init);
};

/** Sends a kept draft and answers as the server did. */
export const sendKept = (address, init) => ask(new URL(address, location.origin), init);

/** Takes the place of window.fetch; must be called before Studio starts. */
export const watch = () => {
  window.fetch = (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input, document.baseURI);
    return isApi(url) && !(input instanceof Request) ? route(url, init) : send(input, init);
  };
  pending.guard(document.getElementById('studio'));
};
