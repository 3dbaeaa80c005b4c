// Puts our own Chinese in place of Studio's English labels. What people wrote themselves is left alone.
import { words, patterns } from 'studio/words-zh';

const attributes = ['placeholder', 'title', 'aria-label', 'data-tooltip'];
const untouched = '.activity-label, .activity-type, .monaco-editor, input, textarea, script, style, [data-own]';

const chinese = (text) => {
  const plain = text.trim();
  if (plain === '' || !/[A-Za-z]/.test(plain)) return null;
  const word = words.get(plain);
  if (word !== undefined) return text.replace(plain, word);
  for (const [pattern, replacement] of patterns) {
    if (pattern.test(plain)) return plain.replace(pattern, replacement);
  }
  return null;
};

const translateText = (node) => {
  const word = chinese(node.data);
  if (word !== null && !node.parentElement?.closest(untouched)) node.data = word;
};

const translateElement = (element) => {
  for (const name of attributes) {
    const word = element.hasAttribute(name) ? chinese(element.getAttribute(name)) : null;
    if (word !== null && !element.closest('.monaco-editor')) element.setAttribute(name, word);
  }
};

const translateAll = (root) => {
  if (root.nodeType === Node.TEXT_NODE) { translateText(root); return; }
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  translateElement(root);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) translateText(node); else translateElement(node);
  }
};

/** Translates what is there and whatever comes. */
export const translate = (root) => {
  translateAll(root);
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === 'characterData') translateText(change.target);
      else if (change.type === 'attributes') translateElement(change.target);
      else change.addedNodes.forEach(translateAll);
    }
  }).observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes });
};
