// Ask the device for a passkey and send its answer with the form. Browsers hand out passkeys to scripts only.
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

async function ask(kind, question) {
  const options = { ...question, challenge: bytes(question.challenge) };
  if (kind === 'create') {
    options.user = { ...question.user, id: bytes(question.user.id) };
    options.excludeCredentials = known(question.excludeCredentials);
    return navigator.credentials.create({ publicKey: options });
  }
  options.allowCredentials = known(question.allowCredentials);
  return navigator.credentials.get({ publicKey: options });
}

function answer({ id, type, response, authenticatorAttachment }) {
  const parts = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ['attestationObject', 'authenticatorData', 'signature', 'userHandle'])
    if (response[name]) parts[name] = text(response[name]);
  if (response.getTransports) parts.transports = response.getTransports();
  return { id, rawId: id, type, authenticatorAttachment, clientExtensionResults: {}, response: parts };
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  const button = form.querySelector('button');
  if (!window.PublicKeyCredential) {
    form.querySelector('[data-no-support]').hidden = false;
    continue;
  }
  button.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const failed = form.querySelector('[data-failed]');
    failed.hidden = true;
    button.disabled = true;
    try {
      const credential = await ask(form.dataset.passkey, JSON.parse(form.dataset.question));
      form.elements.passkey.value = JSON.stringify(answer(credential));
      form.submit();
    } catch {
      // Stopped by its holder, taken too long, or the device has none for us: the browser does not say which.
      failed.hidden = false;
      button.disabled = false;
    }
  });
}
