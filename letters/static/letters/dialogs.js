/* Small accessible dialogs: choose one of a list, or fill in a link. Plain DOM, so that no form lies in a form. */
(() => {
  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.append(...children);
    return made;
  };

  /* Shows a dialog with a heading and a close button; onClose is called once, however it is left. */
  const open = (texts, onClose) => {
    const dialog = element('dialog', { class: 'sb-dialog', 'aria-labelledby': 'sb-dialog-heading' });
    const close = element('button', { type: 'button', class: 'button button-secondary' }, texts.close);
    close.addEventListener('click', () => dialog.close());
    const content = element('div', { class: 'sb-dialog-content' });
    dialog.append(
      element('div', { class: 'sb-dialog-head' }, element('h2', { id: 'sb-dialog-heading' }, texts.heading), close),
      content,
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      onClose();
    });
    document.body.append(dialog);
    dialog.showModal();
    return { dialog, content };
  };

  const plain = (text) => text.toLowerCase().normalize('NFD').replace(/[^a-z0-9 ]/g, '');

  /*
   * A list to choose from. ``load`` gives (a promise of) items {label, note}; the chosen one goes to onChoose.
   * Lists longer than six can be searched. Every extra {label, act} is a button below the list.
   */
  const choose = ({ texts, load, onChoose, onClose, extras = [] }) => {
    const { dialog, content } = open(texts, onClose);
    const status = element('p', { role: 'status' }, texts.loading);
    content.append(status);
    const act = (run) => () => {
      run();
      dialog.close();
    };
    const button = (item) => {
      const made = element('button', { type: 'button' }, element('strong', {}, item.label));
      if (item.note) made.append(element('span', {}, item.note));
      made.addEventListener('click', act(() => onChoose(item)));
      const row = element('li', {}, made);
      row.dataset.words = plain(`${item.label} ${item.note || ''}`);
      return row;
    };
    Promise.resolve()
      .then(load)
      .then((items) => {
        status.textContent = items.length ? '' : texts.empty;
        const list = element('ul', { class: 'sb-pick' }, ...items.map(button));
        if (items.length > 6) {
          const search = element('input', { type: 'search', autocomplete: 'off' });
          search.addEventListener('input', () => {
            const words = plain(search.value).split(' ').filter(Boolean);
            let found = 0;
            [...list.children].forEach((row) => {
              row.hidden = !words.every((word) => row.dataset.words.includes(word));
              found += !row.hidden;
            });
            status.textContent = found ? '' : texts.none;
          });
          content.prepend(element('label', { class: 'sb-field' }, texts.search, search));
          search.focus();
        }
        content.append(list);
        if (items.length && items.length <= 6) list.querySelector('button').focus();
      })
      .catch(() => {
        status.textContent = texts.failed;
      });
    extras.forEach((extra) => {
      const made = element('button', { type: 'button', class: 'button button-secondary' }, extra.label);
      made.addEventListener('click', act(extra.act));
      content.append(made);
    });
    return dialog;
  };

  /* An address as a person types it, made whole; '' when it cannot be one. */
  const wholeAddress = (typed) => {
    const address = typed.trim();
    if (/^(https?:\/\/|mailto:)\S+$/i.test(address)) return address;
    if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(address)) return `mailto:${address}`;
    return /^[^\s@/:]+\.[^\s@:]+$/.test(address) ? `https://${address}` : '';
  };

  /* Asks for an address, and for words when nothing is selected. onSave(address, words), onRemove when it was there. */
  const link = ({ texts, address, askWords, onSave, onRemove, onClose }) => {
    const { dialog, content } = open(texts, onClose);
    const where = element('input', { type: 'text', inputmode: 'url', autocomplete: 'off', required: '' });
    where.value = address.replace(/^mailto:/, '');
    const shown = element('input', { type: 'text', autocomplete: 'off' });
    const problem = element('p', { role: 'alert', class: 'sb-warning' });
    const form = element('form', { class: 'sb-stack' }, element('label', { class: 'sb-field' }, texts.address, where));
    if (askWords) form.append(element('label', { class: 'sb-field' }, texts.words, shown));
    form.append(problem, element('button', { class: 'button' }, texts.save));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const whole = wholeAddress(where.value);
      if (!whole) {
        problem.textContent = texts.wrong;
        return;
      }
      onSave(whole, shown.value.trim() || where.value.trim());
      dialog.close();
    });
    content.append(form);
    if (onRemove) {
      const remove = element('button', { type: 'button', class: 'button button-secondary' }, texts.remove);
      remove.addEventListener('click', () => {
        onRemove();
        dialog.close();
      });
      form.append(remove);
    }
    where.focus();
    return dialog;
  };

  window.letterDialogs = { choose, link };
})();
