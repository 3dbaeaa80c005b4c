// Starts Elsa Studio on this page: our watchers first, then the runtime, then the one element.
import { correctFrom } from 'studio/bar';
import { fitWhenDrawn } from 'studio/fit';
import * as monaco from 'studio/monaco';
import * as pending from 'studio/pending';
import * as places from 'studio/places';
import * as requests from 'studio/requests';
import { nameButton } from 'studio/names';
import { overlay } from 'studio/overlay';
import { hideUnused } from 'studio/unused';
import { translateElement, translateText } from 'studio/words';

const host = document.getElementById('studio');
const { culture } = document.body.dataset;

localStorage.setItem('BlazorCulture', culture);
requests.watch();
places.follow();
overlay(document.body, culture === 'zh-CN'
  ? { text: (node) => { hideUnused(node); translateText(node); correctFrom(node); }, element: (one) => { nameButton(one); translateElement(one); } }
  : { text: (node) => { hideUnused(node); correctFrom(node); }, element: nameButton });

// The interpreter compiles a stretch of code when it has come by so often. At its own number, opening the editor spends half a
// second on compiling what then hardly runs again.
const options = ['--jiterpreter-minimum-trace-hit-count=20000'];

const start = async () => {
  const code = monaco.load();
  const saved = pending.restore(requests.sendKept);
  await window.Blazor.start({ applicationCulture: culture, configureRuntime: (runtime) => runtime.withRuntimeOptions(options) });
  await customElements.whenDefined(host.dataset.element);
  await saved;
  await code;
  const element = document.createElement(host.dataset.element);
  element.setAttribute('remote-endpoint', `${location.origin}/elsa/api`);
  if (host.dataset.definition) element.setAttribute('definition-id', host.dataset.definition);
  if (host.dataset.instance) element.setAttribute('instance-id', host.dataset.instance);
  element.editWorkflowDefinition = (id) => location.assign(places.editorOf(id));
  element.viewWorkflowInstance = (id) => location.assign(places.viewerOf(id));
  host.replaceChildren(element);
  fitWhenDrawn(host);
};

start();
