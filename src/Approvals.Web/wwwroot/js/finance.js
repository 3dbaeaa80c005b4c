// Sums what is chosen while it is chosen, and looks again while files are being made. Every page works without this file.
(() => {
  'use strict';
  const yuan = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  // In fen, as whole numbers: floating point must not decide what a sum is.
  const fen = (text) => Math.round(Number(text) * 100);

  for (const form of document.querySelectorAll('form[data-sum]')) {
    const boxes = [...form.querySelectorAll('input[data-amount]')];
    const out = form.querySelector('[data-sum-out]');
    const all = form.querySelector('[data-sum-all]');
    form.querySelector('[data-hide-with-script]')?.setAttribute('hidden', '');
    const sum = () => {
      const chosen = boxes.filter((box) => box.checked);
      out.hidden = chosen.length === 0;
      form.querySelector('[data-sum-count]').textContent = chosen.length;
      form.querySelector('[data-sum-total]').textContent = yuan.format(chosen.reduce((total, box) => total + fen(box.dataset.amount), 0) / 100);
      if (all) {
        all.checked = chosen.length > 0 && chosen.length === boxes.length;
        all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
      }
    };
    if (all) {
      all.hidden = false;
      all.addEventListener('change', () => {
        for (const box of boxes) box.checked = all.checked;
        sum();
      });
    }
    form.addEventListener('change', sum);
    sum();
  }

  if (document.querySelector('[data-refresh]')) setTimeout(() => window.location.reload(), 3000);
})();
