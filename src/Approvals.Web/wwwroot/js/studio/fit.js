// A process is drawn at its full size, so only a part of it is seen at first. Pressing Studio's own button shows the whole of it, but
// never below half its size, at which a long process still reaches beyond a window of 1280 px. Then the graph, which Studio's script
// hands out by its name, is asked to go as far as it has to.
import { texts } from 'studio/texts';

const smallest = 0.3;
const designer = '/studio/_content/Elsa.Studio.Workflows.Designer/designer.entry.js';

const isOutside = (node, canvas) => node.right > canvas.right || node.left < canvas.left || node.bottom > canvas.bottom || node.top < canvas.top;

const isCut = (host, canvas) => {
  const area = canvas.getBoundingClientRect();
  return [...host.querySelectorAll('.x6-node')].some((node) => isOutside(node.getBoundingClientRect(), area));
};

// Another version of the package may not hand it out; the diagram then stays as the button left it.
const fitFurther = async (host, canvas) => {
  const { graphBindings } = await import(designer);
  const found = Object.values(graphBindings ?? {}).find((one) => host.contains(one.graph?.container));
  if (found && isCut(host, canvas)) found.graph.zoomToFit({ padding: 16, minScale: smallest, maxScale: 1 });
};

// Nodes are measured some time after they are drawn, Studio answers its button by way of the runtime, and panels still find their size:
// so it looks several times, and no more once somebody moves the diagram themselves.
const looks = 8;
const pause = 500;

const fit = (host, canvas, button) => {
  let left = looks;
  let isPressed = false;
  const leave = () => { left = 0; };
  for (const touch of ['pointerdown', 'wheel']) canvas.addEventListener(touch, leave, { once: true, capture: true, passive: true });
  const look = () => {
    if (left-- <= 0 || !canvas.isConnected) return;
    if (isCut(host, canvas)) {
      if (isPressed) fitFurther(host, canvas);
      else button.click();
      isPressed = true;
    }
    setTimeout(look, pause);
  };
  setTimeout(look, pause);
};

/** Once the first diagram stands, fits it into view if it is larger. */
export const fitWhenDrawn = (host) => {
  const observer = new MutationObserver(() => {
    const button = host.querySelector(`button[aria-label="${texts.zoom}"]`);
    const canvas = host.querySelector('.x6-graph');
    if (!button || !canvas || !host.querySelector('.x6-node')) return;
    observer.disconnect();
    fit(host, canvas, button);
  });
  observer.observe(host, { childList: true, subtree: true });
};
