// A process is drawn at its full size, so only a part of it is seen at first. Pressing Studio's own button shows the whole of it.
import { texts } from 'studio/texts';

const isOutside = (node, canvas) => node.right > canvas.right || node.left < canvas.left || node.bottom > canvas.bottom || node.top < canvas.top;

/** Once the first diagram stands, fits it into view if it is larger. */
export const fitWhenDrawn = (host) => {
  const observer = new MutationObserver(() => {
    const button = host.querySelector(`button[aria-label="${texts.zoom}"]`);
    const canvas = host.querySelector('.x6-graph');
    const nodes = [...host.querySelectorAll('.x6-node')];
    if (!button || !canvas || nodes.length === 0) return;
    observer.disconnect();
    // Nodes are measured after they are drawn.
    setTimeout(() => {
      const area = canvas.getBoundingClientRect();
      if (nodes.some((node) => isOutside(node.getBoundingClientRect(), area))) button.click();
    }, 500);
  });
  observer.observe(host, { childList: true, subtree: true });
};
