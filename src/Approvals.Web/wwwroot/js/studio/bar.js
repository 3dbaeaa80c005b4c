// The line under our header: what went wrong, in words, and what can be done about it. And what the header says of the definition.
import { texts } from 'studio/texts';

const line = document.getElementById('studio-bar');
const state = document.getElementById('studio-state');
const saved = document.getElementById('studio-saved');
let shown = null;

/** Shows a message with buttons ({ text, act }); `kind` tells it from others, a later one takes its place. */
export const show = (kind, message, buttons = [], isProblem = true) => {
  shown = kind;
  line.className = isProblem ? 'studio-bar studio-bar-problem' : 'studio-bar';
  line.replaceChildren(message);
  for (const { text, act } of [...buttons, { text: texts.close, act: () => hide(kind) }]) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = text;
    button.addEventListener('click', act);
    line.append(' ', button);
  }
  line.hidden = false;
};

/** Takes the message away if it is still the one shown. */
export const hide = (kind) => {
  if (shown !== kind) return;
  shown = null;
  line.hidden = true;
};

/** A problem after which the page must be loaded again. */
export const problem = (message) =>
  show('problem', message, [{ text: texts.reload, act: () => location.reload() }]);

/** Whether the last change is stored. */
export const saving = (text, isProblem = false) => {
  saved.textContent = text;
  saved.classList.toggle('is-problem', isProblem);
};

const rows = { version: ['版本', 'Version'], status: ['状态', 'Status'] };
let described = null;

// Studio is not told what a save made of the definition (saves.js), so its table of the definition is put right here.
const correct = () => {
  for (const table of document.querySelectorAll('#studio .mud-tab-panel table')) {
    const cells = [...table.querySelectorAll('tbody tr')].map((row) => row.querySelectorAll('td'));
    if (!cells.some(([name]) => ['流程标识', 'Definition ID'].includes(name?.textContent.trim()))) continue;
    for (const [name, value] of cells) {
      const caption = name?.textContent.trim();
      const right = rows.version.includes(caption) ? String(described.version)
        : rows.status.includes(caption) ? (described.isPublished ? texts.isPublished : texts.isDraft) : null;
      const text = right === null || value === undefined ? null
        : document.createTreeWalker(value, NodeFilter.SHOW_TEXT, (one) => (one.data.trim() ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP)).nextNode();
      if (text && text.data.trim() !== right) text.data = right;
    }
  }
};

/** Puts Studio's table right when it is drawn anew. */
export const correctFrom = (node) => {
  const caption = node.data.trim();
  if (described && (rows.version.includes(caption) || rows.status.includes(caption))) queueMicrotask(correct);
};

/** The version that is open, as the server last described it; null before. */
export const openVersion = () => described;

/** Tells name, version and state of the definition that is open, as the server last described it. */
export const describe = (definition) => {
  const say = definition.isPublished ? texts.published : definition.isLatest === false ? texts.older : texts.draft;
  document.getElementById('studio-name').textContent = definition.name ?? '';
  document.title = `${definition.name ?? ''} · ${document.title.split(' · ').at(-1)}`;
  const day = definition.createdAt ? new Date(definition.createdAt).toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' }) : '';
  state.textContent = `${say(definition.version)} ${day}`.trim();
  state.classList.toggle('is-published', Boolean(definition.isPublished));
  state.hidden = false;
  described = definition;
  correct();
};
