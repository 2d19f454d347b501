/* The real page beside the editor: fetched, browsed by recipient, refreshed on "letter:saved". */
(() => {
  const preview = document.querySelector('#preview');
  let recipient = '';
  let latest = 0;

  const scrolled = () => preview.querySelector('.sb-pages')?.scrollTop || 0;

  const show = async () => {
    latest += 1;
    const mine = latest;
    preview.setAttribute('aria-busy', 'true');
    let html = '';
    try {
      const answer = await fetch(`${preview.dataset.url}?recipient=${recipient}`, {
        headers: { 'X-Requested-With': 'XMLHttpRequest' },
      });
      if (answer.ok) html = await answer.text();
    } catch {
      // Shown below, as any other failure.
    }
    // An answer that was overtaken by a later question is not shown.
    if (mine !== latest) return;
    preview.removeAttribute('aria-busy');
    if (!html) {
      const words = document.createElement('p');
      words.textContent = preview.dataset.failed;
      preview.replaceChildren(words);
      return;
    }
    const place = scrolled();
    preview.innerHTML = html;
    const pages = preview.querySelector('.sb-pages');
    if (pages) pages.scrollTop = place;
  };

  preview.addEventListener('click', async (event) => {
    const button = event.target.closest('button[data-recipient]');
    if (!button) return;
    const which = [...preview.querySelectorAll('button[data-recipient]')].indexOf(button);
    recipient = button.dataset.recipient;
    await show();
    // The buttons are new ones now; the keyboard stays where it was, or on the other one at an end.
    const buttons = [...preview.querySelectorAll('button[data-recipient]')];
    (buttons[which]?.disabled ? buttons[1 - which] : buttons[which])?.focus();
  });

  document.addEventListener('letter:saved', show);
  show();
})();
