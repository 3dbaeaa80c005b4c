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
    save.model.customProperties = { ...save.model.customProperties, approvalsRevision: next.customProperties?.approvalsRevision };
  }
  return JSON.stringify(save);
};

const remember = async (base, answer) => {
  const { workflowDefinition: stored } = await answer.clone().json();
  if (baseOf(stored) !== base) followers.set(base, stored);
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
