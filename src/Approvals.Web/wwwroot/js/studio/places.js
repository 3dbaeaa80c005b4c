// Studio moves between its pages by itself, but each of our pages holds one element: a new address is loaded as a page.
const base = '/studio/workflows/';

/** Address of the editor of a definition, of the viewer of an instance. */
export const editorOf = (definition) => `${base}definitions/${encodeURIComponent(definition)}/edit`;
export const viewerOf = (instance) => `${base}instances/${encodeURIComponent(instance)}/view`;

/** Follows Studio when it goes to another page. */
export const follow = () => {
  const push = history.pushState.bind(history);
  history.pushState = (state, title, address) => {
    const path = location.pathname;
    push(state, title, address);
    if (location.pathname !== path) location.reload();
  };
};
