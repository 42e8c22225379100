// Leave quickly: the button, or Shift three times. Replaces this page in the history, so that "back" does not return here.
const away = document.getElementById('leave');
let pressed = 0;
const leave = () => {
  document.documentElement.hidden = true;
  location.replace(away.href);
};
away.onclick = (event) => {
  event.preventDefault();
  leave();
};
addEventListener('keydown', ({ key, repeat }) => {
  if (repeat) return;
  pressed = key === 'Shift' ? pressed + 1 : 0;
  if (pressed === 3) leave();
});
// Back after leaving may show a page kept in memory: ask the server again.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
