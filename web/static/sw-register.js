// Reading without internet (src/service-worker), and the print button of a page that has one.
if ('serviceWorker' in navigator)
  addEventListener('load', () => navigator.serviceWorker.register('/service-worker.js', { type: 'module' }));
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.onclick = () => print();
}
