// Months that wait on this device for internet. Each has its own id and the seed of its key from the moment it is kept, so
// that sending it twice is sending it once. Loaded by pages of the check-in; the page that wiped the device asks to delete all.
const database = 'meedoen';
const place = document.getElementById('outbox');
const form = document.querySelector('[data-outbox-form]');
const said = place?.querySelector('[data-said]');
let busy = false;

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore('outbox', { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
/** One piece of work on the kept months; resolves when it is on the disk. */
async function kept(mode, work) {
  const opened = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = opened.transaction('outbox', mode, { durability: 'strict' });
      const request = work(transaction.objectStore('outbox'));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    opened.close();
  }
}
/** Is there anything at all? Asking must not make a database on a device that never used one. */
async function waiting() {
  const known = await indexedDB.databases?.();
  if (known && !known.some(({ name }) => name === database)) return [];
  return kept('readonly', (store) => store.getAll());
}

function say(state) {
  if (!place) return;
  place.hidden = state === 'new' && place.dataset.always === undefined;
  said.textContent = place.dataset[state];
  said.className =
    state === 'refused' ? 'notice wrong' : state === 'sent' || state === 'already' ? 'notice go' : 'notice';
  place.querySelector('[data-discard]').hidden = state !== 'waiting' && state !== 'refused';
}
function show(code) {
  if (!place || !code) return;
  place.querySelector('[data-code]').hidden = false;
  place.querySelector('.code').textContent = code.join(' ');
}

async function send(item, proof = {}) {
  let answer;
  try {
    answer = await fetch(`/${item.contribution.language}/check-in/outbox`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ contribution: item.contribution, seed: item.seed, ...proof }),
    });
  } catch {
    return 'waiting';
  }
  if (answer.status === 200) {
    const { state, code } = await answer.json();
    await kept('readwrite', (store) => store.delete(item.id));
    show(code);
    return state === 'kept' ? 'sent' : state;
  }
  if (answer.status === 429 && !proof.ticket) {
    // Many send from this address: wait as long as asked, then come with the ticket.
    const { ticket, waitInSeconds } = await answer.json();
    say('waiting');
    await new Promise((resolve) => setTimeout(resolve, (waitInSeconds + 1) * 1000));
    return send(item, { ticket });
  }
  // 409: a key that was not ours is gone from the device now; once more without it.
  if (answer.status === 409 && !proof.again) return send(item, { ...proof, again: 'yes' });
  return answer.status === 400 || answer.status === 403 ? 'refused' : 'waiting';
}

async function sendAll() {
  // Two tabs: one at a time. The id makes it harmless anyway.
  if (busy) return;
  busy = true;
  try {
    const items = await waiting();
    if (items.length === 0) return say('new');
    let state = 'sent';
    for (const item of items) {
      say('sending');
      const outcome = await send(item);
      if (state === 'sent' || outcome === 'waiting') state = outcome;
    }
    say(state);
  } finally {
    busy = false;
  }
}

function uuidV7() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let now = Date.now();
  for (let at = 5; at >= 0; at--, now = Math.floor(now / 256)) bytes[at] = now % 256;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
/** 35 digits of chance; bytes of 250 and more are thrown away, so that every digit is as likely. */
function seed() {
  let digits = '';
  while (digits.length < 35) {
    for (const byte of crypto.getRandomValues(new Uint8Array(64))) {
      if (byte < 250 && digits.length < 35) digits += String(byte % 10);
    }
  }
  return digits;
}
/** Digits of other scripts as ours: keyboards in Arabic and Farsi have their own. */
function latin(text) {
  return text
    .replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660)
    .replace(/[۰-۹]/g, (digit) => digit.charCodeAt(0) - 0x6f0);
}
function monthIn(values, prefix) {
  const month = latin(String(values.get(`${prefix}month`) ?? '').trim());
  const year = latin(String(values.get(`${prefix}year`) ?? '').trim());
  return month === '' && year === '' ? null : `${year}-${month.padStart(2, '0')}`;
}

/** What the form holds, as it will be sent: only what was ticked. */
function contributionIn(values) {
  const ticked = (name) => values.get(name) === 'yes';
  const answers = [];
  const words = [];
  for (const { dataset } of form.querySelectorAll('[data-question]')) {
    const question = dataset.question;
    const month = monthIn(values, `${question}--`);
    const given = month === null ? values.getAll(`${question}--answer`) : [month];
    if (ticked('count')) answers.push(...given.map((value) => ({ question, value })));
    const text = String(values.get(`${question}--words`) ?? '').trim();
    if (ticked('words') && text !== '') words.push({ question, text });
  }
  const now = new Date();
  const said = (name) => (ticked('count') && values.get(name)) || null;
  return {
    id: uuidV7(),
    month: `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}`,
    instrument: form.dataset.instrument,
    instrumentVersion: Number(form.dataset.version),
    language: form.dataset.language,
    profile: {
      town: values.get('town') || null,
      door: said('door'),
      arrived: ticked('count') ? monthIn(values, '') : null,
      ageBand: said('age'),
      gender: said('gender'),
    },
    followed: ticked('count') && ticked('follow'),
    answers,
    words,
  };
}

async function keep(event) {
  event.preventDefault();
  const values = new FormData(form);
  const contribution = contributionIn(values);
  const problem = form.querySelector('[data-nothing]');
  const first = !values.get('count') && values.get('follow');
  const nothing = contribution.answers.length + contribution.words.length === 0;
  problem.textContent = first ? problem.dataset.first : nothing ? problem.dataset.nothing : '';
  if (first || nothing) return;
  await kept('readwrite', (store) => store.put({ id: contribution.id, seed: seed(), contribution }));
  form.reset();
  say('waiting');
  place.scrollIntoView();
  await sendAll();
}

async function discard() {
  await kept('readwrite', (store) => store.clear());
  say('new');
}

if (document.querySelector('[data-wipe-outbox]')) indexedDB.deleteDatabase(database);
else {
  if (form) {
    form.hidden = false;
    form.onsubmit = (event) => void keep(event);
  }
  if (place) place.querySelector('[data-discard] button').onclick = () => void discard();
  addEventListener('online', () => void sendAll());
  setInterval(() => void sendAll(), 30_000);
  void sendAll();
}
