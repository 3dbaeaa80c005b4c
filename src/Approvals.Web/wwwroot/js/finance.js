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

  // What is shown of the files is exchanged where it stands. Loading the page again would break off a link that was followed in that moment,
  // and lose what is being typed or chosen further down.
  const look = async () => {
    const address = document.querySelector('[data-refresh]')?.dataset.refresh;
    if (!address) return;
    if (!document.hidden) {
      try {
        const answer = await fetch(address, { credentials: 'same-origin', headers: { Accept: 'text/html' } });
        // Signed out, or no longer theirs: the link beside the progress says so when it is followed.
        if (answer.redirected || (answer.status >= 400 && answer.status < 500)) return;
        if (answer.ok) exchange(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      } catch {
        // Offline, or the server is being restarted: the next look finds it.
      }
    }
    setTimeout(look, 3000);
  };
  const exchange = (now) => {
    for (const old of document.querySelectorAll('[data-live]')) {
      const fresh = now.querySelector(`[data-live="${old.dataset.live}"]`);
      if (!fresh || fresh.isEqualNode(old)) continue;
      const hadFocus = old.contains(document.activeElement);
      old.replaceWith(fresh);
      if (hadFocus) fresh.querySelector('a, button')?.focus();
    }
  };
  if (document.querySelector('[data-refresh]')) setTimeout(look, 3000);
})();
