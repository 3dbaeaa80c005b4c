// Studio's tool buttons are pictures without a name; people who cannot see them get one here. Told by the beginning of the drawing.
import { texts } from 'studio/texts';

const names = [
  ['M6,16h12V8H6V16z', texts.zoom],
  ['M5 15H3v4c0', texts.centre],
  ['M3,5v14c0,1.1', texts.arrange],
  ['M17 3H5c-1.11', texts.save],
  ['M19.35 10.04', texts.publish],
  ['M8 5v14l11-7z', texts.run],
  ['M7 10l5 5 5-5z', texts.more],
  ['M12 8c1.1', texts.more],
  ['M3 10h11v2H3v-2z', texts.openDefinition],
];

/** Names the button around a drawing that has no name of its own. */
export const nameButton = (element) => {
  if (element.localName !== 'path') return;
  const button = element.closest('button');
  if (button === null || button.hasAttribute('aria-label') || button.textContent.trim() !== '') return;
  const drawing = element.getAttribute('d') ?? '';
  const name = names.find(([beginning]) => drawing.startsWith(beginning));
  if (name) button.setAttribute('aria-label', name[1]);
};
