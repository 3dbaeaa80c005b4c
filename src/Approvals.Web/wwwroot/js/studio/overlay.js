// Goes over what Studio draws, now and whenever it draws something new, and lets others mend it.
const attributes = ['placeholder', 'title', 'aria-label', 'data-tooltip'];

/** Calls `text` for every text node and `element` for every element below `root`, when they come and when they change. */
export const overlay = (root, { text, element }) => {
  const visit = (top) => {
    if (top.nodeType === Node.TEXT_NODE) { text(top); return; }
    if (top.nodeType !== Node.ELEMENT_NODE) return;
    element(top);
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) text(node); else element(node);
    }
  };
  visit(root);
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === 'characterData') text(change.target);
      else if (change.type === 'attributes') element(change.target);
      else change.addedNodes.forEach(visit);
    }
  }).observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes });
};

/** The attributes that hold words. */
export const wordAttributes = attributes;
