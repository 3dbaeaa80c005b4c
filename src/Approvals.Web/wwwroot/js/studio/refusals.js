// What the server's refusals mean, in words, and the one form of them that Studio can show.
import { texts } from 'studio/texts';

const words = { 403: texts.notAllowed, 404: texts.missing, 409: texts.conflict, 413: texts.tooLarge, 429: texts.tooMany };

/** Whether the answer says that nobody is signed in any more. */
export const isSignedOut = (answer) => answer.status === 401 || (answer.redirected && answer.url.includes('/account/sign-in'));

/** The messages of a refusal: Elsa's errors, problem details, or ours for the status. */
export const messagesOf = async (answer) => {
  const body = await answer.clone().json().catch(() => ({}));
  const given = Object.values(body.errors ?? {}).flat().filter((one) => typeof one === 'string' && one !== '');
  return given.length > 0 ? given : [body.detail ?? body.message ?? words[answer.status] ?? texts.failed];
};

/** A refusal that Studio shows, one message a line. */
export const asShown = (messages) => new Response(JSON.stringify({ errors: { '': messages } }),
  { status: 400, headers: { 'Content-Type': 'application/problem+json' } });
