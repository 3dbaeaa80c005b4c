// Drawing a signature: the one thing that needs a script. The picture travels as a PNG in a hidden field.
(() => {
  'use strict';
  const frame = document.querySelector('[data-signature]');
  if (!frame || !window.SignaturePad) return;

  const canvas = frame.querySelector('canvas');
  const field = frame.querySelector('input[name="Drawing"]');
  const pad = new window.SignaturePad(canvas, { penColor: '#10254a', minWidth: 0.8, maxWidth: 2.6 });
  const ways = [...document.querySelectorAll('input[name="Method"]')];
  const chosen = () => ways.find((way) => way.type === 'hidden' || way.checked);

  // A canvas has no size until its sheet is open; keep what was drawn when the size changes.
  const fit = () => {
    const ratio = Math.max(window.devicePixelRatio || 1, 1);
    const { width, height } = canvas.getBoundingClientRect();
    if (width === 0 || (canvas.width === Math.round(width * ratio) && canvas.height === Math.round(height * ratio))) return;
    const strokes = pad.toData();
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.getContext('2d').scale(ratio, ratio);
    pad.clear();
    if (strokes.length > 0) pad.fromData(strokes);
    else if (field.value) pad.fromDataURL(field.value, { width, height });
  };
  new ResizeObserver(fit).observe(canvas);

  const show = () => {
    const drawn = chosen()?.value === 'Drawn';
    frame.hidden = !drawn;
    if (drawn) fit();
  };
  ways.forEach((way) => way.addEventListener('change', show));
  show();

  pad.addEventListener('endStroke', () => { field.value = pad.toDataURL('image/png'); });
  frame.querySelector('[data-signature-clear]').addEventListener('click', () => { pad.clear(); field.value = ''; });
})();
