// What Studio asks for again and again, it gets from here.

// After every save it reads the toolbox anew and waits for it: it gets the one it has, and the next time what came meanwhile.
let toolbox = null;

/** Whether the toolbox is asked for. */
export const isToolbox = (url, method) => method === 'GET' && url.pathname.endsWith('/descriptors/activities');

/** The toolbox; `ask` fetches it. */
export const toolboxFrom = async (ask) => {
  const fresh = ask();
  const answer = await (toolbox ?? fresh);
  toolbox ??= fresh;
  fresh.then(() => { toolbox = fresh; }, () => {});
  return answer.clone();
};

// Whenever it draws an activity it asks for each of its pick lists, a hundred times for one step that is dropped.
const lists = new Map();

/** Whether a pick list is asked for. */
export const isList = (url, method) => method === 'POST' && /\/descriptors\/activities\/[^/]+\/options\//.test(url.pathname);

/** A pick list, by its address and the activity as it is; good for a few seconds. */
export const listFrom = async (key, ask) => {
  if (!lists.has(key)) {
    lists.set(key, ask());
    setTimeout(() => lists.delete(key), 5000);
  }
  return (await lists.get(key)).clone();
};
