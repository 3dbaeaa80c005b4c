// Studio saves by itself half a second after an edit, also while the save before is still under way, and does not know yet what that one
// made of the definition: a new draft, a new revision. So saves go one after another, and each stands on what the one before came to.
// A save that somebody else came before is not helped by this: it stands on something that this page never saved.
const followers = new Map();
let last = Promise.resolve();

const baseOf = (model) => `${model.id}/${model.customProperties?.approvalsRevision}`;

/** The save as it must be sent now. */
export const standOnLast = (body) => {
  const save = JSON.parse(body);
  for (let next = followers.get(baseOf(save.model)); next !== undefined; next = followers.get(baseOf(save.model))) {
    save.model.id = next.id;
    save.model.version = next.version;
    save.model.customProperties = { ...save.model.customProperties, approvalsRevision: next.revision };
  }
  return JSON.stringify(save);
};

const remember = async (base, answer) => {
  const { workflowDefinition: stored } = await answer.clone().json();
  if (baseOf(stored) === base) return;
  followers.set(base, { id: stored.id, version: stored.version, revision: stored.customProperties?.approvalsRevision });
};

/** Sends a save after those before it; `send` gets the body and answers as fetch does. */
export const inOrder = (body, send) => {
  const mine = last.then(async () => {
    const save = standOnLast(body);
    const answer = await send(save);
    const { model } = JSON.parse(save);
    if (answer.ok && model.id) await remember(baseOf(model), answer);
    return answer;
  });
  last = mine.catch(() => {});
  return mine;
};

/**
 * What Studio is told of a draft that is stored: that it has given the request up. It takes an answer's copy of the chosen activity into
 * its panel, and the next edit there would write that copy over whatever was changed since the save left. A refusal without words it
 * would show as an empty one; a request given up it passes over in silence and keeps what it holds, which is always the newest.
 */
export const keepYours = () => Promise.reject(new DOMException('The draft is stored.', 'AbortError'));
