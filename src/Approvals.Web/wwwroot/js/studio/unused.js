// What Studio offers and this system does not have is not shown: choices with one answer, kinds of flow that cannot run, pages of
// other modules. (What has an icon of its own is hidden by studio.css.) Named as Studio names it, and by our word for it. Nor is shown
// to those who may only read what changes something; the server refuses it in any case.
import { words } from 'studio/words-zh';

const section = 'div:has(> .mud-typography-overline)';
const rules = {
  'Activation strategy': 'div.mud-select[id]',
  'Log Persistence Strategy': '.d-flex.flex-row',
  'Commit Strategy': section,
  'Usable as activity': section,
  'Sequence': '[role=radio], .mud-list-item, .mud-paper',
  'State machine': '[role=radio], .mud-list-item, .mud-paper',
  'Structured Logs': 'tr, .mud-table-row',
  // A row of letters for programmers; people go by number and day of a version.
  'Version ID': 'tr',
  'Definition version ID': 'tr',
};
const item = '.mud-menu-item';
const acts = {
  'Create workflow': '.mud-button-group-root',
  'Bulk actions': '.mud-menu',
  'Run': item,
  'Duplicate': item,
  'Cancel': item,
  'Delete': item,
  'Publish': item,
  'Unpublish': item,
};
const isReader = document.body.dataset.access === 'read';
const bySight = new Map(Object.entries(isReader ? { ...rules, ...acts } : rules).flatMap(([name, part]) =>
  [[name, part], ...(words.has(name) ? [[words.get(name), part]] : [])]));
if (isReader) bySight.set('终止运行', item);

const unpublish = new Set(['Unpublish', words.get('Unpublish')]);

/** Hides the part of the page that this text names, if it is one of those. */
export const hideUnused = (node) => {
  const text = node.data.trim();
  if (unpublish.has(text)) node.parentElement?.closest(item)?.setAttribute('data-published-only', '');
  const part = bySight.get(text);
  if (part !== undefined && !node.parentElement?.closest('[data-own], .activity-label')) {
    node.parentElement?.closest(part)?.setAttribute('hidden', '');
  }
};
