// Read the question aloud, where the device has a voice for its language; otherwise the button stays hidden.
const button = document.querySelector('[data-read-aloud]');
const language = document.documentElement.lang;
const word = button?.querySelector('span');

function voiceFor() {
  return speechSynthesis.getVoices().find(({ lang }) => lang.toLowerCase().split(/[-_]/)[0] === language);
}
function look() {
  button.hidden = !voiceFor();
}
function quiet() {
  speechSynthesis.cancel();
  word.textContent = button.dataset.read;
}
function read() {
  if (speechSynthesis.speaking) return quiet();
  // The question, its hint and each choice; the Dutch words beside them only on a Dutch page.
  const texts = document.querySelectorAll('[data-speak] :is(h1, legend + .hint, .word, .ends span, .field label)');
  for (const text of texts) {
    const spoken = new SpeechSynthesisUtterance(text.textContent.trim());
    spoken.voice = voiceFor();
    spoken.lang = spoken.voice?.lang ?? language;
    spoken.rate = 0.9;
    if (text === texts[texts.length - 1]) spoken.onend = quiet;
    speechSynthesis.speak(spoken);
  }
  word.textContent = button.dataset.stop;
}
if (button && 'speechSynthesis' in window) {
  look();
  speechSynthesis.addEventListener?.('voiceschanged', look);
  button.onclick = read;
  addEventListener('pagehide', () => speechSynthesis.cancel());
}
