// Puts our own Chinese in place of Studio's English labels. What people wrote themselves is left alone.
import { wordAttributes } from 'studio/overlay';
import { patterns, places, words } from 'studio/words-zh';

const untouched = '.activity-label, .activity-type, .monaco-editor, input, textarea, script, style, [data-own]';

const wordFor = (text, element) => {
  const plain = text.trim();
  if (!/[A-Za-z]/.test(plain)) return null;
  const place = places.find((one) => one.words[plain] !== undefined && element?.closest(one.within));
  const word = place?.words[plain] ?? words.get(plain);
  if (word !== undefined) return text.replace(plain, () => word);
  const pattern = patterns.find(([form]) => form.test(plain));
  return pattern ? plain.replace(...pattern) : null;
};

/** Translates one text. */
export const translateText = (node) => {
  const word = wordFor(node.data, node.parentElement);
  if (word !== null && !node.parentElement?.closest(untouched)) node.data = word;
};

/** Translates the attributes of an element that people see or hear. */
export const translateElement = (element) => {
  for (const name of wordAttributes) {
    const word = element.hasAttribute(name) ? wordFor(element.getAttribute(name), element) : null;
    if (word !== null && !element.closest('.monaco-editor, [data-own]')) element.setAttribute(name, word);
  }
};
