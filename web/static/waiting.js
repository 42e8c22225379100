// Somebody has to wait, because many send from this address. With some work of this device it can go now: find a number
// for which SHA-256 of "ticket:number" begins with enough zero bits. Where the browser has no SHA-256 (plain http), wait.
const form = document.querySelector('form[data-ticket]');
const said = document.querySelector('[data-waiting]');

async function work({ ticket, bits }) {
  const write = new TextEncoder();
  const shift = 32 - Number(bits);
  for (let tried = 0; ; tried++) {
    const number = tried.toString(36);
    const hash = new DataView(await crypto.subtle.digest('SHA-256', write.encode(`${ticket}:${number}`)));
    if (hash.getUint32(0) >>> shift === 0) return number;
  }
}
async function send() {
  said.textContent = said.dataset.waiting;
  const wait = new Promise((resolve) => setTimeout(() => resolve(''), (Number(form.dataset.seconds) + 1) * 1000));
  form.elements.work.value = await (globalThis.crypto?.subtle ? Promise.race([work(form.dataset), wait]) : wait);
  form.requestSubmit();
}
if (form) void send();
