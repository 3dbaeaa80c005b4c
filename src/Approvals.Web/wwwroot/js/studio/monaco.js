// The code editor, a third of all scripts, is fetched after Studio stands: few pages need it, and none at once.
import { texts } from 'studio/texts';

const files = `${document.body.dataset.files}_content/BlazorMonaco/lib/monaco-editor/min/vs`;

const script = (address) => new Promise((resolve, reject) => {
  const element = document.createElement('script');
  element.src = address;
  element.addEventListener('load', resolve);
  element.addEventListener('error', () => reject(new Error(`${address} ${texts.failed}`)));
  document.head.append(element);
});

/** Fetches it; its own words are Chinese where the page is. */
export const load = async () => {
  window.require = { paths: { vs: files } };
  await script(`${files}/loader.js`);
  if (document.body.dataset.culture === 'zh-CN') {
    window.require.config({ 'vs/nls': { availableLanguages: { '*': 'zh-cn' } } });
  }
  await script(`${files}/editor/editor.main.js`);
};
