// The sheet of a decision covers the page below it. The keyboard goes from the chosen decision into the sheet, not under it, and
// Escape folds the sheet. Without this file everything can still be reached, in the order of the page.
(() => {
  'use strict';
  const sheet = document.querySelector('.decide-sheet');
  const none = document.getElementById('kind-none');
  if (!sheet || !none) return;

  const chosen = () => document.querySelector('.decide-radio:checked:not(#kind-none)');
  const first = () => [...sheet.querySelectorAll('a[href], button, input, select, textarea')]
    .find((one) => one.type !== 'hidden' && !one.disabled && one.tabIndex >= 0 && one.checkVisibility());
  const fold = () => {
    const radio = chosen();
    if (!radio) return;
    none.checked = true;
    radio.focus();
  };

  document.addEventListener('keydown', (event) => {
    const radio = chosen();
    if (!radio) return;
    if (event.key === 'Escape' && !document.querySelector('details.menu[open], dialog[open]')) fold();
    if (event.key !== 'Tab') return;
    const [from, to] = event.shiftKey ? [first(), radio] : [radio, first()];
    if (event.target !== from || !to) return;
    event.preventDefault();
    to.focus();
  });

  // What folds the sheet is a label, so that it works without scripts; with them it is a button for the keyboard, too.
  const label = sheet.querySelector('label[for="kind-none"]');
  label.tabIndex = 0;
  label.setAttribute('role', 'button');
  label.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    fold();
  });
})();
